"""Spotify Web API client: the only package that calls Spotify.

`pkce_login` logs in, `token_store` stores the tokens and `token_refresh` renews them.
`client` sends requests, `api` has the calls, `track_search` and `track_matching` find
songs, `search_cache` caches them, and `spotify_player` plays.
"""
