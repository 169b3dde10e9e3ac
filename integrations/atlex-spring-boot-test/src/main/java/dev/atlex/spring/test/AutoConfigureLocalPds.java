package dev.atlex.spring.test;

import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.TestAccount;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Starts a {@link LocalPds} for the application context of a test, with one account, and sets the {@code atlex.*}
 * properties to use it.
 *
 * <pre>{@code
 * @SpringBootTest
 * @AutoConfigureLocalPds
 * class BotTest {
 *     @Autowired LocalPds pds;
 *     @Autowired TestAccount account;
 *     @Autowired Bluesky bsky;
 *
 *     @Test
 *     void posts() {
 *         bsky.post("Hello");
 *         assertThat(pds.records(account.did(), "app.bsky.feed.post")).hasSize(1);
 *     }
 * }
 * }</pre>
 *
 * <p>The server and the {@link TestAccount} are beans. Sessions are kept in memory, and a configured proxy isn't used.
 * Unless the application defines an {@code IdentityResolver}, it gets one that finds the server's accounts, so that
 * their users can sign in with OAuth: {@link LocalPds#authorize}.
 *
 * <p>The server lives as long as the context, which Spring caches and shares with test classes that have the same
 * configuration. Before each test method, the recorded requests and the faults are cleared, but accounts, records and
 * sessions are kept. Don't call {@link LocalPds#reset()}, because it ends the application's session. To get a new
 * server, use {@code @DirtiesContext}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
public @interface AutoConfigureLocalPds {
    /** Returns the account's handle. */
    String handle() default "alice.test";

    /** Returns the account's password. */
    String password() default "alice-password";
}
