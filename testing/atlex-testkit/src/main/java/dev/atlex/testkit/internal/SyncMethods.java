package dev.atlex.testkit.internal;

import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.testkit.internal.InputSchema.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code com.atproto.sync} methods, which give public access to blobs and commits. */
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
}
