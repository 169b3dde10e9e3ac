package dev.atlex.testkit.internal;

/** The header by which a request asks for another service. There is none to hand it on to, but that can be told wrongly. */
final class Proxying {
    private static final String HEADER = "atproto-proxy";

    private Proxying() {}

    /**
     * Checks the header as the reference server does before it looks for the service. Of DIDs only those of the directory
     * here can be found or not be found; others are taken to be there.
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
