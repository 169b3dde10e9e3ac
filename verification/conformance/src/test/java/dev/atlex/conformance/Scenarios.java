package dev.atlex.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import app.bsky.feed.Post;
import com.atproto.server.CreateAppPassword;
import dev.atlex.client.Client;
import dev.atlex.client.ServiceAgent;
import dev.atlex.client.XrpcResponseException;
import dev.atlex.data.LexMap;
import dev.atlex.session.Credentials;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.SessionEndedException;
import dev.atlex.session.SessionOptions;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.RecordKey;
import dev.atlex.testkit.TestAccount;
import java.util.Objects;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Base class for the scenarios. They use only the public API and {@link Server}. */
abstract class Scenarios {
    static final String TIME = "2026-01-02T03:04:05.678Z";

    final Server server;

    Scenarios(Server server) {
        this.server = server;
    }

    final Credentials credentials(TestAccount account) {
        return Credentials.of(server.url().toString(), account.handle(), account.password());
    }

    final PasswordSession login(TestAccount account) {
        return login(account, options -> {});
    }

    final PasswordSession login(TestAccount account, Consumer<? super SessionOptions.Builder> options) {
        return PasswordSession.login(credentials(account), SessionOptions.of(options));
    }

    /** Creates a client for a new account. */
    final Client signedIn() {
        return new Client(login(server.createAccount()));
    }

    final Client anonymous() {
        return new Client(ServiceAgent.builder(server.url()).build());
    }

    static String createAppPassword(PasswordSession owner, String name) {
        return new Client(owner)
                .call(CreateAppPassword.PROCEDURE, input -> input.name(name))
                .password();
    }

    static Post post(String text) {
        return Post.builder().text(text).createdAt(TIME).build();
    }

    static LexMap.Builder untyped(String collection) {
        return LexMap.builder().put("$type", collection);
    }

    static RecordKey key(AtUri uri) {
        return Objects.requireNonNull(uri.recordKey(), () -> uri + " has no record key");
    }

    /** Asserts that the server rejects the call with this status and error. */
    static XrpcResponseException assertRejected(int status, String error, ThrowingCallable call) {
        XrpcResponseException rejection = catchThrowableOfType(XrpcResponseException.class, call);
        assertThat(rejection).as("a rejection with " + status + " " + error).isNotNull();
        assertThat(rejection.status() + " " + rejection.error()).isEqualTo(status + " " + error);
        return rejection;
    }

    /** Asserts that the call fails because the session has ended for this reason. */
    static void assertEnded(SessionEndedException.Reason reason, ThrowingCallable call) {
        SessionEndedException end = catchThrowableOfType(SessionEndedException.class, call);
        assertThat(end).as("the end of the session").isNotNull();
        assertThat(end.reason()).isEqualTo(reason);
    }
}
