package dev.atlex.testkit.internal;

import dev.atlex.data.Cid;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.testkit.internal.InputSchema.Type;
import dev.atlex.testkit.internal.ws.Handshake;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code com.atproto.sync} methods, which give public access to repositories and blobs. */
final class SyncMethods {
    private final Pds pds;

    SyncMethods(Pds pds) {
        this.pds = pds;
    }

    List<Method> methods() {
        Auth auth = new Auth(Auth.Kind.OPTIONAL, Scope.with(Scope.STANDARD, Scope.TAKENDOWN), false, false);
        return List.of(
                Method.query(
                        "com.atproto.sync.getBlob",
                        auth,
                        InputSchema.of().required("did", Type.DID).required("cid", Type.CID),
                        this::getBlob),
                Method.query(
                        "com.atproto.sync.listBlobs",
                        auth,
                        InputSchema.of()
                                .required("did", Type.DID)
                                .optional("limit", Type.INTEGER)
                                .optional("cursor", Type.STRING),
                        this::listBlobs),
                Method.query(
                        "com.atproto.sync.getBlocks",
                        Auth.OPTIONAL,
                        InputSchema.of().required("did", Type.DID).strings("cids", Type.CID, Integer.MAX_VALUE),
                        this::getBlocks),
                Method.query(
                        "com.atproto.sync.getRecord",
                        Auth.OPTIONAL,
                        InputSchema.of()
                                .required("did", Type.DID)
                                .required("collection", Type.NSID)
                                .required("rkey", Type.RECORD_KEY),
                        this::getRecord),
                Method.query(
                        "com.atproto.sync.getRepo",
                        auth,
                        InputSchema.of().required("did", Type.DID).optional("since", Type.STRING),
                        this::getRepo),
                Method.subscription("com.atproto.sync.subscribeRepos", this::subscribeRepos),
                Method.query(
                        "com.atproto.sync.listRepos",
                        Auth.NONE,
                        InputSchema.of().integer("limit", 1, 1000).optional("cursor", Type.STRING),
                        this::listRepos),
                Method.query(
                        "com.atproto.sync.getLatestCommit",
                        Auth.OPTIONAL,
                        InputSchema.of().required("did", Type.DID),
                        this::getLatestCommit),
                Method.query(
                        "com.atproto.sync.getRepoStatus",
                        Auth.NONE,
                        InputSchema.of().required("did", Type.DID),
                        this::getRepoStatus));
    }

    /** Returns the account, if its status lets the requester see its repository. */
    static Account available(Pds pds, String handleOrDid, @Nullable String requester) {
        Account account = pds.accounts.find(handleOrDid);
        if (account == null) {
            throw XrpcError.badRequest("RepoNotFound", "Could not find repo for DID: " + handleOrDid);
        }
        if (account.did.equals(requester)) {
            return account;
        }
        if (account.removed()) {
            throw XrpcError.badRequest("RepoTakendown", "Repo has been takendown: " + handleOrDid);
        }
        if (account.deactivated) {
            throw XrpcError.badRequest("RepoDeactivated", "Repo has been deactivated: " + handleOrDid);
        }
        return account;
    }

    private Response getBlob(Call call) {
        Account account = available(pds, call.param("did"), call.did());
        Blobs.Blob blob = account.blobs.get(call.param("cid"));
        if (blob == null || !blob.permanent) {
            throw XrpcError.invalidRequest("Blob not found");
        }
        return new Response(200, blob.content)
                .with(
                        "content-type",
                        blob.mimeType.startsWith("text/") ? blob.mimeType + "; charset=utf-8" : blob.mimeType)
                .with("x-content-type-options", "nosniff")
                .with("content-disposition", "attachment; filename=\"" + blob.cid + "\"")
                .with("content-security-policy", "default-src 'none'; sandbox");
    }

    private Response listBlobs(Call call) {
        Account account = available(pds, call.param("did"), call.did());
        String cursor = call.params.getString("cursor");
        List<String> cids = account.blobs.list(cursor == null ? "" : cursor, call.limit(500));
        LexMap.Builder body = LexMap.builder();
        if (!cids.isEmpty()) {
            body.put("cursor", cids.get(cids.size() - 1));
        }
        return Response.json(
                body.put("cids", LexArray.copyOf(cids.stream().map(LexValue::of).toList()))
                        .build());
    }

    private Response getRepoStatus(Call call) {
        String did = call.param("did");
        Account account = available(pds, did, did); // the status is public
        String status = account.status();
        LexMap.Builder body = LexMap.builder().put("did", did).put("active", account.active());
        return Response.json(
                (status == null ? body.put("rev", account.repo.rev()) : body.put("status", status)).build());
    }

    private Response getLatestCommit(Call call) {
        Account account = available(pds, call.param("did"), call.did());
        return Response.json(LexMap.builder()
                .put("cid", account.repo.commit().toString())
                .put("rev", account.repo.rev())
                .build());
    }

    private static Response car(byte[] file) {
        return new Response(200, file).with("content-type", "application/vnd.ipld.car");
    }

    private Response getRepo(Call call) {
        Account account = available(pds, call.param("did"), call.did());
        return car(RepoCars.repo(account.repo, call.params.getString("since")));
    }

    private Response getRecord(Call call) {
        Account account = available(pds, call.param("did"), call.did());
        return car(RepoCars.record(account.repo, call.param("collection") + "/" + call.param("rkey")));
    }

    private Response getBlocks(Call call) {
        Account account = available(pds, call.param("did"), call.did());
        LexArray cids = call.params.getArray("cids");
        List<Cid> wanted = cids == null
                ? List.of()
                : cids.stream().map(cid -> Cid.of(cid.toString())).toList();
        return car(RepoCars.blocks(account.repo, wanted));
    }

    private Response subscribeRepos(Call call) {
        if (!Handshake.isSupported(call.request.headers())) {
            return Response.text(400, "text/html", "Missing or invalid Sec-WebSocket-Key or Sec-WebSocket-Version")
                    .with("sec-websocket-version", "13");
        }
        List<String> cursor = new Query(call.request.query()).all("cursor");
        return Response.webSocket(
                Handshake.response(call.request.headers()),
                pds.firehose.accept(cursor.isEmpty() ? null : cursor.get(0)));
    }

    private Response listRepos(Call call) {
        String cursor = call.params.getString("cursor");
        List<LexValue> repos = new ArrayList<>();
        String last = null;
        List<Account> accounts = pds.accounts.all().stream()
                .sorted(Comparator.comparing((Account account) -> account.createdAt.toEpochMilli())
                        .thenComparing(account -> account.did))
                .toList();
        for (Account account : accounts) {
            String key = account.createdAt.toEpochMilli() + "::" + account.did;
            if (repos.size() == call.limit(500)) {
                break;
            }
            if (cursor == null || after(key, cursor)) {
                repos.add(listed(account));
                last = key;
            }
        }
        LexMap.Builder body = LexMap.builder();
        return Response.json((last == null ? body : body.put("cursor", last))
                .put("repos", LexArray.copyOf(repos))
                .build());
    }

    /** Compares two cursors by time, then by DID. */
    private static boolean after(String key, String cursor) {
        String[] one = key.split("::", 2);
        String[] other = cursor.split("::", 2);
        if (other.length != 2 || !other[0].matches("[0-9]{1,18}")) {
            throw XrpcError.invalidRequest("Malformed cursor");
        }
        int order = Long.compare(Long.parseLong(one[0]), Long.parseLong(other[0]));
        return order != 0 ? order > 0 : one[1].compareTo(other[1]) > 0;
    }

    private static LexMap listed(Account account) {
        String status = account.status();
        LexMap.Builder body = LexMap.builder()
                .put("did", account.did)
                .put("head", account.repo.commit().toString())
                .put("rev", account.repo.rev())
                .put("active", account.active());
        return (status == null ? body : body.put("status", status)).build();
    }
}
