package dev.atlex.testkit;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A JUnit extension that runs a {@link LocalPds} and injects the server and accounts into tests.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final LocalPdsExtension PDS = LocalPdsExtension.create();
 *
 * @Test
 * void botReplies(LocalPds pds, TestAccount alice) { … }
 * }</pre>
 *
 * <p>In a static field, the extension starts one server for the class and its nested classes, and
 * {@linkplain LocalPds#reset() resets} it before each test. In an instance field, it starts a server for each test.
 * Tests that share a server must not run in parallel.
 *
 * <p>A parameter of type {@link LocalPds} receives the server. Each parameter of type {@link TestAccount} receives a
 * new account: {@code alice.test}, {@code bob.test}, {@code carol.test} and so on. Accounts in the options exist in
 * each test. Anything that {@code @BeforeAll} creates on the server is removed before the first test.
 *
 * <p>This is the only class in the library that needs JUnit, which is an optional dependency. Add {@code junit-jupiter}
 * to your project and, if your tests are a module, {@code requires org.junit.jupiter.api} to its descriptor.
 */
@SuppressWarnings("exports") // optional, so that a module without JUnit can use LocalPds
public final class LocalPdsExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback, ParameterResolver {
    private static final List<String> NAMES =
            List.of("alice", "bob", "carol", "dave", "erin", "frank", "grace", "heidi");

    private final LocalPdsOptions options;
    private @Nullable LocalPds pds;

    /** The number of test classes in progress, including nested ones. */
    private int depth;

    private int accountsCreated;

    private LocalPdsExtension(LocalPdsOptions options) {
        this.options = options;
    }

    /** Creates an extension whose server has the default options. */
    public static LocalPdsExtension create() {
        return create(LocalPdsOptions.DEFAULTS);
    }

    /** Creates an extension whose server has these options. */
    public static LocalPdsExtension create(LocalPdsOptions options) {
        return new LocalPdsExtension(options);
    }

    /** Creates an extension and configures its server inline, for example with {@code o -> o.clock(clock)}. */
    public static LocalPdsExtension create(Consumer<? super LocalPdsOptions.Builder> options) {
        return create(LocalPdsOptions.of(options));
    }

    /**
     * Returns the server.
     *
     * @throws IllegalStateException if no test is running
     */
    public LocalPds pds() {
        if (pds == null) {
            throw new IllegalStateException(
                    "pds(): no test is running, so there is no server; is the field annotated with @RegisterExtension?");
        }
        return pds;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (depth++ == 0) {
            pds = LocalPds.start(options);
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        accountsCreated = 0;
        if (pds == null) { // the extension is in an instance field
            pds = LocalPds.start(options);
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
            int number = accountsCreated++;
            String name = NAMES.get(number % NAMES.size()) + (number < NAMES.size() ? "" : number / NAMES.size());
            if (!pds().hasAccount(name + ".test")) {
                return pds().createAccount(name + ".test", name + "-password");
            }
        }
    }

    /** Returns a string that contains the URL of the server if it is running. */
    @Override
    public String toString() {
        return "LocalPdsExtension[" + (pds == null ? "stopped" : pds.url()) + "]";
    }
}
