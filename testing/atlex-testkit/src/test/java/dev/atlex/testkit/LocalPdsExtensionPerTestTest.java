package dev.atlex.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LocalPdsExtensionPerTestTest {
    private static LocalPds last;

    @RegisterExtension
    final LocalPdsExtension extension = LocalPdsExtension.create();

    @AfterAll
    static void serverOfPreviousTest_isClosed() {
        int port = last.url().getPort();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("local-pds-" + port));
    }

    @Test
    void eachTest_hasItsOwnServer(LocalPds pds, TestAccount alice) {
        assertThat(pds).isSameAs(extension.pds()).isNotSameAs(last);
        assertThat(new Http(pds).login(alice).status()).isEqualTo(200);
        last = pds;
    }

    @Test
    void otherTest_hasAnotherServer(LocalPds pds, TestAccount alice) {
        eachTest_hasItsOwnServer(pds, alice);
    }
}
