"""The one place that knows Spotify's Web API.

`authorize` logs in, `login` keeps the tokens, `session` sends, `api` has the calls,
`find` and `match` find songs, `memory` remembers them, and `player` plays.
"""
