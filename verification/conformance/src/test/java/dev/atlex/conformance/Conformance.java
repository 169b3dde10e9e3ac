package dev.atlex.conformance;

import org.junit.jupiter.api.Nested;

/**
 * All scenarios, for one server. Each is written once and runs against every server that a subclass brings: where two of them
 * answer differently, one test fails.
 */
abstract class Conformance {
    /** The server of all scenarios, running. */
    abstract Server server();

    @Nested
    class Authorities extends AuthorityScenarios {
        Authorities() {
            super(server());
        }
    }

    @Nested
    class Logins extends LoginScenarios {
        Logins() {
            super(server());
        }
    }

    @Nested
    class Refreshes extends RefreshScenarios {
        Refreshes() {
            super(server());
        }
    }

    @Nested
    class Logouts extends LogoutScenarios {
        Logouts() {
            super(server());
        }
    }

    @Nested
    class Processes extends ProcessScenarios {
        Processes() {
            super(server());
        }
    }

    @Nested
    class AccountStatus extends AccountStatusScenarios {
        AccountStatus() {
            super(server());
        }
    }

    @Nested
    class Records extends RecordScenarios {
        Records() {
            super(server());
        }
    }

    @Nested
    class Writes extends WriteScenarios {
        Writes() {
            super(server());
        }
    }

    @Nested
    class LostAnswers extends LostAnswerScenarios {
        LostAnswers() {
            super(server());
        }
    }

    @Nested
    class Blobs extends BlobScenarios {
        Blobs() {
            super(server());
        }
    }

    @Nested
    class Anonymous extends AnonymousScenarios {
        Anonymous() {
            super(server());
        }
    }
}
