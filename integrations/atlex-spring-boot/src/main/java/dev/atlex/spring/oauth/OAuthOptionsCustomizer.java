package dev.atlex.spring.oauth;

import dev.atlex.oauth.OAuthOptions;

/**
 * Changes the options for the application's {@link dev.atlex.oauth.OAuthClient}. All beans of this type are applied in
 * order.
 */
@FunctionalInterface
public interface OAuthOptionsCustomizer {
    /**
     * Changes the options. The metadata, the keys, the transport, the resolver, the listeners and the observer are
     * already set.
     *
     * @param options the builder for the options
     */
    void customize(OAuthOptions.Builder options);
}
