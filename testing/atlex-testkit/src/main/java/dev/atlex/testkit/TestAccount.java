package dev.atlex.testkit;

/**
 * An account of a {@link LocalPds}.
 *
 * @param did its {@code did:plc:…}
 * @param handle its handle when it was made
 * @param email its address; no mail is ever sent
 * @param password its main password
 */
public record TestAccount(String did, String handle, String email, String password) {
    /** Without the password. */
    @Override
    public String toString() {
        return "TestAccount[did=" + did + ", handle=" + handle + "]";
    }
}
