package dev.atlex.testkit.internal;

/** Validates the header that selects another service. Requests are never forwarded. */
final class Proxying {
    static final String HEADER = "atproto-proxy";

    private Proxying() {}

    /**
     * Checks the header as the reference server does before it resolves the service. Only DIDs of this server's directory are
     * resolved; others are assumed to exist.
     */
    static void check(Request request, Accounts accounts) {
        String service = request.header(HEADER);
        if (service == null || service.isEmpty()) {
            return;
        }
        int hash = service.indexOf('#');
        if (hash == 0) {
            throw XrpcError.invalidRequest("no did specified in proxy header");
        }
        if (hash < 0 || hash == service.length() - 1) {
            throw XrpcError.invalidRequest("no service id specified in proxy header");
        }
        if (service.indexOf('#', hash + 1) >= 0) {
            throw XrpcError.invalidRequest("invalid proxy header format");
        }
        if (service.indexOf(' ') >= 0) {
            throw XrpcError.invalidRequest("proxy header cannot contain spaces");
        }
        String did = service.substring(0, hash);
        Account account = accounts.byDid(did);
        if (account == null && did.startsWith("did:plc:")) {
            throw XrpcError.invalidRequest("could not resolve proxy did");
        }
        if (account != null && !service.endsWith(DidDocuments.PDS)) {
            throw XrpcError.invalidRequest("could not resolve proxy did service url");
        }
    }
}
