package dev.atlex.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.bluesky.Bluesky;
import dev.atlex.session.postgres.PostgresServer;
import dev.atlex.session.postgres.PostgresSessionStore;
import dev.atlex.session.store.SessionStore;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.LocalPdsExtension;
import dev.atlex.testkit.TestAccount;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresTest {
    @RegisterExtension
    static final LocalPdsExtension PDS = LocalPdsExtension.create();

    @Test
    void dataSourceKeepsSessionsAcrossRestarts(LocalPds pds, TestAccount alice) {
        for (int start = 0; start < 2; start++) {
            Contexts.of(pds, alice)
                    .withBean(DataSource.class, () -> PostgresServer.get().source())
                    .withPropertyValues("atlex.store.schema=spring")
                    .run(context -> {
                        context.getBean(Bluesky.class).post("x");
                        assertThat(context.getBean(SessionStore.class)).isInstanceOf(PostgresSessionStore.class);
                    });
        }
        assertThat(pds.count("com.atproto.server.createSession")).isEqualTo(1);
    }

    @Test
    void contextStartsWithoutTheDatabase(LocalPds pds, TestAccount alice) {
        Contexts.of(pds, alice).withBean(DataSource.class, () -> unreachable()).run(context -> {
            assertThat(context).hasNotFailed();
            assertThatThrownBy(() -> context.getBean(Bluesky.class).post("x"))
                    .hasNoCause()
                    .hasMessage("atlex.store: failed to connect to the database (SQLState 08001, SQLException)");
        });
    }

    private static DataSource unreachable() {
        return (DataSource) Proxy.newProxyInstance(
                PostgresTest.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, args) -> {
                    return switch (method.getName()) {
                        case "toString" -> "unreachable";
                        case "hashCode" -> 1;
                        case "equals" -> proxy == args[0];
                        default ->
                            throw new SQLException("no driver for jdbc:postgresql://db/?password=secret", "08001");
                    };
                });
    }
}
