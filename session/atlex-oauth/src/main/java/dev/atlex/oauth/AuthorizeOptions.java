package dev.atlex.oauth;

import java.net.URI;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Options for one sign-in. Instances are immutable. The setters of {@link Builder} document the defaults.
 *
 * @see OAuthClient#authorize
 */
public final class AuthorizeOptions {
    /** The defaults. */
    public static final AuthorizeOptions DEFAULTS = of(options -> {});

    private final @Nullable String state;
    private final @Nullable Scopes scopes;
    private final @Nullable URI redirectUri;
    private final @Nullable Prompt prompt;
    private final @Nullable String sessionId;

    private AuthorizeOptions(Builder builder) {
        this.state = builder.state;
        this.scopes = builder.scopes;
        this.redirectUri = builder.redirectUri;
        this.prompt = builder.prompt;
        this.sessionId = builder.sessionId;
    }

    /** Returns options configured by the function. */
    public static AuthorizeOptions of(Consumer<? super Builder> options) {
        Builder builder = new Builder();
        options.accept(builder);
        return new AuthorizeOptions(builder);
    }

    /** Returns a builder with these options. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.state = state;
        builder.scopes = scopes;
        builder.redirectUri = redirectUri;
        builder.prompt = prompt;
        builder.sessionId = sessionId;
        return builder;
    }

    /** Returns the program's own state, or null. */
    public @Nullable String state() {
        return state;
    }

    /** Returns the scopes to request, or null for all scopes that the client declares. */
    public @Nullable Scopes scopes() {
        return scopes;
    }

    /** Returns the redirect URI, or null for the first one that the client declares. */
    public @Nullable URI redirectUri() {
        return redirectUri;
    }

    /** Returns the prompt, or null if the server decides. */
    public @Nullable Prompt prompt() {
        return prompt;
    }

    /** Returns the session's ID, or null for the account's default session. */
    public @Nullable String sessionId() {
        return sessionId;
    }

    /** Returns the options without the state, which may be secret. */
    @Override
    public String toString() {
        return "AuthorizeOptions[scopes=" + scopes + ", redirectUri=" + redirectUri + ", prompt=" + prompt
                + ", sessionId=" + sessionId + "]";
    }

    /** Builds {@link AuthorizeOptions}. */
    public static final class Builder {
        private @Nullable String state;
        private @Nullable Scopes scopes;
        private @Nullable URI redirectUri;
        private @Nullable Prompt prompt;
        private @Nullable String sessionId;

        private Builder() {}

        /**
         * Sets the program's own state, which {@link Callback#state} returns: for example, the page to show after the
         * sign-in. It is kept in the store and never sent to a server. None by default.
         */
        public Builder state(String state) {
            this.state = Objects.requireNonNull(state, "state");
            return this;
        }

        /** Sets the scopes to request; the client must declare them. By default, all declared scopes are requested. */
        public Builder scopes(Scopes scopes) {
            this.scopes = Objects.requireNonNull(scopes, "scopes");
            return this;
        }

        /**
         * Sets the URI to which the server redirects the browser; the client must declare it. A loopback URI that is
         * declared without a port may have any port here. The default is the first declared redirect URI.
         */
        public Builder redirectUri(URI redirectUri) {
            this.redirectUri = Objects.requireNonNull(redirectUri, "redirectUri");
            return this;
        }

        /** Sets the questions that the server should ask the user. By default, the server decides. */
        public Builder prompt(Prompt prompt) {
            this.prompt = Objects.requireNonNull(prompt, "prompt");
            return this;
        }

        /**
         * Sets an ID for the session, so that the account can have several sessions, such as one for each browser of a
         * user. By default, an account has one session in the store, and signing in again replaces it.
         *
         * @param sessionId the ID, 1 to 128 characters: ASCII letters, digits and {@code . _ -}
         * @throws IllegalArgumentException if it is empty, too long, or contains any other character
         */
        public Builder sessionId(String sessionId) {
            if (!sessionId.matches("[A-Za-z0-9._-]{1,128}")) {
                throw new IllegalArgumentException(
                        "invalid session id: expected 1 to 128 of the characters A-Z a-z 0-9 . _ -");
            }
            this.sessionId = sessionId;
            return this;
        }

        /** Returns the options. */
        public AuthorizeOptions build() {
            return new AuthorizeOptions(this);
        }
    }
}
