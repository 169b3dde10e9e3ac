package dev.atlex.testkit.internal.oauth;

/** An account, as the authorization server sees it. */
public record OAuthAccount(String did, String handle, boolean deactivated) {}
