package dev.atlex.conformance;

import org.junit.jupiter.api.Nested;

/**
 * All scenarios, for one server. Subclasses provide the servers. If two servers respond differently, a test of one of them
 * fails.
 */
abstract class Conformance {
    /** Returns the running server. */
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
    class OAuth extends OAuthScenarios {
        OAuth() {
            super(server());
        }
    }

    @Nested
    class OAuthFaults extends OAuthFaultScenarios {
        OAuthFaults() {
            super(server());
        }
    }

    @Nested
    class OAuthAccountStatus extends OAuthAccountScenarios {
        OAuthAccountStatus() {
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
    class Validation extends ValidationScenarios {
        Validation() {
            super(server());
        }
    }

    @Nested
    class Repositories extends RepoScenarios {
        Repositories() {
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
    class LostResponses extends LostResponseScenarios {
        LostResponses() {
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
