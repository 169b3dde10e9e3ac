package dev.atlex.spring;

import dev.atlex.identity.IdentityResolver;
import dev.atlex.session.Credentials;
import dev.atlex.session.SessionOptions;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the account's credentials from the properties. Mistakes that can be detected without the network are reported
 * at startup.
 */
final class PropertyCredentials {
    private PropertyCredentials() {}

    /**
     * Returns the credentials, or their lookup if the server isn't given.
     *
     * @param options the options with the transport and the resolver for the lookup
     * @throws IllegalStateException if a property is missing or invalid
     */
    static Supplier<Credentials> of(AtlexProperties properties, SessionOptions options) {
        String handle = required("atlex.handle", properties.handle());
        String password = required("atlex.password", properties.password());
        String service = properties.service();
        if (service != null) {
            Credentials credentials = credentials(service, handle, password);
            return () -> credentials;
        }
        return () -> Credentials.resolve(handle, password, resolver(options));
    }

    private static Credentials credentials(String service, String handle, String password) {
        try {
            return Credentials.of(service, handle, password);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("atlex.service, atlex.handle or atlex.password: " + e.getMessage(), e);
        }
    }

    private static IdentityResolver resolver(SessionOptions options) {
        IdentityResolver given = options.identity();
        return given == null
                ? IdentityResolver.builder().transport(options.transport()).build()
                : given;
    }

    private static String required(String name, @Nullable String value) {
        if (value == null) {
            throw new IllegalStateException(
                    name + ": missing; set both atlex.handle and atlex.password, or define a Credentials bean");
        }
        return value;
    }
}
