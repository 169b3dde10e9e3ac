package dev.atlex.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.client.transport.RequestBody;
import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportRequest;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.data.LexString;
import dev.atlex.session.store.EntryStore;
import dev.atlex.session.store.EntryStore.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URLDecoder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * Collects all secrets that are sent, received or stored, and everything that a person may see: log records of every
 * level, exceptions with their causes and suppressed exceptions, and the text of every object of Atlex that can be reached
 * from one that a test passes to {@link #shows}, whatever class and field it is in.
 */
final class SecretWatch implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger("dev.atlex");
    private static final List<String> SECRET_FIELDS =
            List.of("code", "code_verifier", "client_assertion", "refresh_token", "token", "state", "access_token");

    /** Members of JSON objects: tokens, verifiers and private keys. */
    private static final Pattern SECRET_MEMBER =
            Pattern.compile("\"(access_token|refresh_token|verifier|d|client_assertion)\"\\s*:\\s*\"([^\"]+)\"");

    private final Set<String> secrets = ConcurrentHashMap.newKeySet();
    private final List<String> shown = new CopyOnWriteArrayList<>();
    private final Set<String> reached = ConcurrentHashMap.newKeySet();
    private final Level level = LOGGER.getLevel();
    private final Handler handler = new Capturing();

    SecretWatch() {
        LOGGER.setLevel(Level.ALL);
        LOGGER.setUseParentHandlers(false);
        handler.setLevel(Level.ALL);
        LOGGER.addHandler(handler);
    }

    private final class Capturing extends Handler {
        @Override
        public void publish(LogRecord entry) {
            shown.add("log: " + new SimpleFormatter().format(entry));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @Override
    public void close() {
        LOGGER.removeHandler(handler);
        LOGGER.setLevel(level);
        LOGGER.setUseParentHandlers(true);
    }

    /** Adds a secret. */
    void secret(String secret) {
        secrets.add(secret);
    }

    /** Returns a transport that takes the secrets from requests and responses. */
    Transport watch(Transport transport) {
        return request -> {
            shown.add("url: " + request.uri());
            request.headers().all("DPoP").forEach(this::secret);
            request.headers().all("Authorization").forEach(value -> secret(value.substring(value.indexOf(' ') + 1)));
            form(request).forEach((name, value) -> {
                if (SECRET_FIELDS.contains(name)) {
                    secret(value);
                }
            });
            try (TransportResponse response = transport.send(request)) {
                byte[] body = response.readAll();
                json(new String(body, UTF_8));
                return TransportResponse.of(response.status(), response.headers(), body);
            }
        };
    }

    static Map<String, String> form(TransportRequest request) {
        Map<String, String> fields = new HashMap<>();
        RequestBody body = request.body();
        if (body != null && body.isReplayable()) {
            try (InputStream in = body.open()) {
                query(new String(in.readAllBytes(), UTF_8), fields);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return fields;
    }

    private static void query(String text, Map<String, String> fields) {
        for (String pair : text.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            if (parts.length == 2) {
                fields.put(URLDecoder.decode(parts[0], UTF_8), URLDecoder.decode(parts[1], UTF_8));
            }
        }
    }

    /** Takes the secrets from JSON. */
    void json(String text) {
        Matcher member = SECRET_MEMBER.matcher(text);
        while (member.find()) {
            secret(member.group(2));
        }
    }

    /** Takes the secrets from a store. */
    void store(EntryStore store) {
        for (Kind kind : List.of(Kind.OAUTH, Kind.AUTHORIZATION, Kind.LOGOUT)) {
            store.forEach(kind, entry -> {
                json(entry.value());
                shows(entry);
            });
        }
    }

    /** Takes the secrets from a callback, which the protocol puts into its URL. */
    URI callback(URI callback) {
        Map<String, String> fields = new HashMap<>();
        query(callback.getRawQuery(), fields);
        fields.forEach((name, value) -> {
            if (name.equals("code") || name.equals("state")) {
                secret(value);
            }
        });
        return callback;
    }

    /** Runs an action that must fail, and takes the text of the exception. */
    Throwable fails(ThrowingCallable action) {
        Throwable failure = Assertions.catchThrowable(action);
        assertThat(failure).as("the action must fail").isNotNull();
        return shows(failure);
    }

    void text(String text) {
        shown.add(text);
    }

    /** Takes the text of an object and of all objects of Atlex that can be reached from it. */
    <T> T shows(T root) {
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Object> rest = new ArrayDeque<>(List.of(root));
        while (!rest.isEmpty()) {
            Object next = rest.pop();
            if (!seen.add(next)) {
                continue;
            } else if (next instanceof Collection<?> all) {
                all.stream().filter(one -> one != null).forEach(rest::push);
            } else if (next instanceof Map<?, ?> map) {
                map.values().stream().filter(one -> one != null).forEach(rest::push);
            } else if (next instanceof Optional<?> optional) {
                optional.ifPresent(rest::push);
            } else if (next instanceof AtomicReference<?> reference) {
                push(reference.get(), rest);
            } else if (next instanceof Object[] array) {
                for (int i = 0; i < Array.getLength(array); i++) {
                    push(array[i], rest);
                }
            } else if (next instanceof LexString) {
                continue; // A value. The maps that hold it are searched.
            } else if (isOurs(next.getClass()) || next instanceof Throwable) {
                visit(next, rest);
            }
        }
        return root;
    }

    private static void push(Object object, Deque<Object> rest) {
        if (object != null) {
            rest.push(object);
        }
    }

    private static boolean isOurs(Class<?> type) {
        return type.getName().startsWith("dev.atlex.")
                && !type.getName().startsWith("dev.atlex.testkit.")
                && (type.getProtectionDomain().getCodeSource() == null
                        || !type.getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .getPath()
                                .contains("test-classes"));
    }

    private void visit(Object object, Deque<Object> rest) {
        reached.add(object.getClass().getName());
        shown.add(object.getClass().getName() + ": " + object);
        if (object instanceof Throwable failure) {
            StringWriter text = new StringWriter();
            failure.printStackTrace(new PrintWriter(text));
            shown.add(text.toString());
            push(failure.getCause(), rest);
            rest.addAll(List.of(failure.getSuppressed()));
        }
        for (Class<?> type = object.getClass(); type != null && isOurs(type); type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    field.setAccessible(true);
                    try {
                        Object value = field.get(object);
                        // A denial returns the program's own state to the program.
                        if (object instanceof Throwable
                                && value instanceof String text
                                && !field.getName().equals("appState")) {
                            shown.add(text);
                        }
                        push(value, rest);
                    } catch (IllegalAccessException e) {
                        throw new AssertionError(e);
                    }
                }
            }
        }
    }

    /** Returns the simple names of the classes whose text was taken. */
    Set<String> reached() {
        Set<String> names = new TreeSet<>();
        reached.forEach(name -> names.add(name.substring(name.lastIndexOf('.') + 1)));
        return names;
    }

    int secrets() {
        return secrets.size();
    }

    /** Returns everything that a person may see. */
    List<String> texts() {
        return shown;
    }

    /** Fails if a secret may be seen. */
    void assertSilent() {
        assertThat(secrets).allMatch(secret -> secret.length() >= 8);
        List<String> leaks = new ArrayList<>();
        for (String secret : secrets) {
            shown.stream().filter(text -> text.contains(secret)).forEach(text -> leaks.add(secret + " in: " + text));
        }
        assertThat(leaks).isEmpty();
    }
}
