"""The demo province and made-up people in any number; nothing of it runs in a real installation."""
