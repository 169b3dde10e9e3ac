package dev.atlex.testkit;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives the tests of a class one {@link LocalPds}, as good as new for each test.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final LocalPdsExtension PDS = LocalPdsExtension.create();
 *
 * @Test
 * void botAnswers(LocalPds pds, TestAccount alice) { … }
 * }</pre>
 *
 * <p>Parameters of type {@link LocalPds} get the server, each of type {@link TestAccount} a new account: alice, bob,
 * carol and so on. What a {@code @BeforeAll} makes on the server is gone before the first test; accounts of the builder
 * are there in each. Tests that share a server must not run at the same time.
 *
 * <p>Of this library only this class needs JUnit, which is an optional dependency: add {@code junit-jupiter}, and in a
 * module {@code requires org.junit.jupiter.api}.
 */
@SuppressWarnings("exports") // optional, so that a module without JUnit can use LocalPds
public final class LocalPdsExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback, ParameterResolver {
    private static final List<String> NAMES =
            List.of("alice", "bob", "carol", "dave", "erin", "frank", "grace", "heidi");

    private final LocalPds.Builder builder;
    private @Nullable LocalPds pds;

    /** How many classes, nested ones within theirs, are under way. */
    private int depth;

    private int named;

    private LocalPdsExtension(LocalPds.Builder builder) {
        this.builder = builder;
    }

    /** A server as {@link LocalPds#start()} makes it. */
    public static LocalPdsExtension create() {
        return create(LocalPds.builder());
    }

    /** A server as this builder makes it. */
    public static LocalPdsExtension create(LocalPds.Builder builder) {
        return new LocalPdsExtension(builder);
    }

    /**
     * The server.
     *
     * @throws IllegalStateException if no test is under way
     */
    public LocalPds pds() {
        if (pds == null) {
            throw new IllegalStateException(
                    "the server runs while tests do; is the field annotated with" + " @RegisterExtension?");
        }
        return pds;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (depth++ == 0) {
            pds = builder.start();
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        named = 0;
        if (pds == null) { // the field is not static
            pds = builder.start();
        } else {
            pds.reset();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (depth == 0) {
            stop();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (--depth == 0) {
            stop();
        }
    }

    private void stop() {
        if (pds != null) {
            pds.close();
            pds = null;
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == LocalPds.class || type == TestAccount.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == LocalPds.class ? pds() : newAccount();
    }

    private TestAccount newAccount() {
        while (true) {
            int number = named++;
            String name = NAMES.get(number % NAMES.size()) + (number < NAMES.size() ? "" : number / NAMES.size());
            if (!pds().hasAccount(name + ".test")) {
                return pds().createAccount(name + ".test", name + "-password");
            }
        }
    }
}
