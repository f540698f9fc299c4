"""One file per report: parameters in, tables out; every face of a report comes from here."""
