package dev.atlex.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.crypto.P256PrivateKey;
import dev.atlex.data.LexMap;
import dev.atlex.oauth.internal.server.AuthServer;
import dev.atlex.oauth.internal.server.ClientAuth;
import dev.atlex.oauth.internal.server.TokenReply;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * By default, a record prints its components. Each record of the module is filled with secrets, including those that
 * are too short-lived for {@link SecretsTest} to find.
 */
class RecordSecretsTest {
    private static final String SECRET = "the-secret-value";

    /** Components that hold no secret: names, identifiers, and servers' messages without secrets. */
    private static final Set<String> HARMLESS = Set.of(
            "Account.identifier",
            "CallFailure.error",
            "CallFailure.message",
            "Marker.by",
            "Loopback.redirectUris",
            "Loopback.scope",
            "LoopbackRequest.path",
            "OAuthContext.clientId",
            "Request.loginHint",
            "Request.scope",
            "State.nonce",
            "State.replaced",
            "TokenReply.scope",
            "TokenReply.sub",
            "TokenReply.tokenType");

    private static List<Class<?>> records() throws IOException, ClassNotFoundException {
        Path classes = Path.of(OAuthClient.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        List<Class<?>> records = new ArrayList<>();
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".class")).toList()) {
                String name = classes.relativize(file)
                        .toString()
                        .replace(".class", "")
                        .replace('/', '.');
                if (!name.equals("module-info") && !name.endsWith("package-info")) {
                    Class<?> type = Class.forName(name, false, RecordSecretsTest.class.getClassLoader());
                    if (type.isRecord()) {
                        records.add(type);
                    }
                }
            }
        }
        return records;
    }

    private static @Nullable Object filled(RecordComponent component) {
        Class<?> type = component.getType();
        String name = component.getDeclaringRecord().getSimpleName() + "." + component.getName();
        String text = HARMLESS.contains(name) ? "harmless" : SECRET;
        if (type == String.class) {
            return text;
        } else if (type == List.class) {
            boolean ofText = component.getGenericType() instanceof ParameterizedType list
                    && list.getActualTypeArguments()[0] == String.class;
            return ofText ? List.of(text) : List.of();
        } else if (type == Map.class) {
            return Map.of("code", text);
        } else if (type == LexMap.class) {
            return LexMap.builder().put("any", text).build();
        } else if (type == P256PrivateKey.class) {
            return P256PrivateKey.generate();
        } else if (type == TokenReply.class) {
            return new TokenReply(SECRET, SECRET, "DPoP", "atproto", Duration.ZERO, "did:web:a.test", Instant.EPOCH);
        } else if (type == ClientAuth.class) {
            return ClientAuth.none("http://localhost");
        } else if (type == AuthServer.class) {
            return OAuthFixture.server(URI.create("https://pds.test"));
        } else if (type == URI.class) {
            return URI.create("https://pds.test");
        } else if (type == Instant.class) {
            return Instant.EPOCH;
        } else if (type == boolean.class) {
            return true;
        } else if (type == int.class) {
            return 1;
        }
        return type == long.class ? (Object) 1L : null;
    }

    private static Object create(Class<?> type) throws ReflectiveOperationException {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] = filled(components[i]);
        }
        Constructor<?> constructor = type.getDeclaredConstructor(types);
        constructor.setAccessible(true);
        return constructor.newInstance(values);
    }

    @Test
    void records_printNoSecret() throws Exception {
        List<String> checked = new ArrayList<>();
        List<String> leaks = new ArrayList<>();
        for (Class<?> type : records()) {
            try {
                String text = create(type).toString();
                checked.add(type.getSimpleName());
                if (text.contains(SECRET)) {
                    leaks.add(type.getName() + ": " + text);
                }
            } catch (InvocationTargetException | NullPointerException e) {
                // It needs real values, and SecretsTest covers it.
                checked.add("(" + type.getSimpleName() + ")");
            }
        }

        assertThat(leaks).isEmpty();
        assertThat(checked).contains("TokenReply", "PushedRequest", "AuthorizationRecord", "Started", "Request");
        assertThat(checked).filteredOn(name -> name.startsWith("(")).hasSizeLessThan(12);
    }
}
