def test_try(client, cast):
    client.sign_in(cast.committee)
    for u in ("/reports/completion","/reports/completion/people","/reports/completion/print","/reports/completion/people/print","/reports/completion.xlsx","/reports/completion/people.csv"):
        p=client.get(u); print(u,p.words()[:1500]); print()
    assert 0
