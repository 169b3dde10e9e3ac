package dev.atlex.testkit;

import dev.atlex.syntax.Did;
import java.util.Objects;

/** An account on a {@link LocalPds}, with the credentials to sign in. Immutable. */
public final class TestAccount {
    private final Did did;
    private final String handle;
    private final String email;
    private final String password;

    private TestAccount(Did did, String handle, String email, String password) {
        this.did = Objects.requireNonNull(did, "did");
        this.handle = Objects.requireNonNull(handle, "handle");
        this.email = Objects.requireNonNull(email, "email");
        this.password = Objects.requireNonNull(password, "password");
    }

    /** Creates a description of an account, for tests that also run against a server other than {@link LocalPds}. */
    public static TestAccount of(Did did, String handle, String email, String password) {
        return new TestAccount(did, handle, email, password);
    }

    /** Returns the account's DID, such as {@code did:plc:…}. */
    public Did did() {
        return did;
    }

    /** Returns the handle that the account was created with, in lowercase. Sign-ins accept it as the identifier. */
    public String handle() {
        return handle;
    }

    /** Returns the email address, in lowercase. No mail is ever sent. */
    public String email() {
        return email;
    }

    /** Returns the main password. */
    public String password() {
        return password;
    }

    /** Returns a string that contains the DID and the handle, but not the password. */
    @Override
    public String toString() {
        return "TestAccount[did=" + did + ", handle=" + handle + "]";
    }
}
