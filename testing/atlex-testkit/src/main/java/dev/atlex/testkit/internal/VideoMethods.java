package dev.atlex.testkit.internal;

import dev.atlex.data.LexMap;
import dev.atlex.testkit.internal.InputSchema.Type;
import dev.atlex.testkit.internal.video.VideoService;
import java.util.List;
import java.util.Set;

/** The {@code app.bsky.video} methods of the video service, which clients call directly, with service tokens. */
final class VideoMethods {
    static final String UPLOAD = "app.bsky.video.uploadVideo";

    private static final String LIMITS = "app.bsky.video.getUploadLimits";
    private static final String UPLOAD_BLOB = "com.atproto.repo.uploadBlob";
    private static final String SERVICE_DID = "did:web:video.bsky.app";

    private final Pds pds;

    VideoMethods(Pds pds) {
        this.pds = pds;
    }

    List<Method> methods() {
        return List.of(
                Method.procedure(UPLOAD, Auth.NONE, this::upload).takesBlob(VideoService.MAX_BYTES),
                Method.query(
                        "app.bsky.video.getJobStatus",
                        Auth.NONE,
                        InputSchema.of().required("jobId", Type.STRING),
                        this::getJobStatus),
                Method.query(LIMITS, Auth.NONE, InputSchema.NONE, this::getUploadLimits));
    }

    private Response upload(Call call) {
        Set<String> audiences = pds.webDids();
        Account account = ServiceTokens.verify(pds, call.request, audiences, UPLOAD_BLOB);
        List<String> did = new Query(call.request.query()).all("did");
        if (did.isEmpty()) {
            throw XrpcError.invalidRequest("missing did");
        }
        if (!did.get(0).equals(account.did)) {
            throw XrpcError.unauthorized("AuthenticationRequired", "did does not match the token's issuer");
        }
        String type = Bodies.mediaType(call.request);
        if (!type.startsWith("video/") && !type.equals("image/gif")) {
            throw XrpcError.badRequest("UnsupportedContentType", "unsupported content type: " + type);
        }
        if (call.bytes.length == 0) {
            throw XrpcError.invalidRequest("empty video");
        }
        VideoService.Upload upload = pds.video.upload(account.did, call.bytes);
        return Response.json(upload.status(), upload.body());
    }

    private Response getJobStatus(Call call) {
        LexMap status = pds.video.advance(call.param("jobId"));
        if (status == null) {
            throw XrpcError.invalidRequest("job not found");
        }
        return Response.json(LexMap.of("jobStatus", status));
    }

    private Response getUploadLimits(Call call) {
        Set<String> audiences = pds.webDids();
        audiences.add(SERVICE_DID);
        return Response.json(pds.video.limits(ServiceTokens.verify(pds, call.request, audiences, LIMITS).did));
    }

    /** Stores a video as one of an account's blobs. */
    static LexMap store(Pds pds, String did, byte[] content) {
        Account account = pds.accounts.byDid(did);
        if (account == null) {
            throw new IllegalStateException("no account with this DID (got \"" + did + "\")");
        }
        return account.blobs.put(content, "video/mp4", false).reference();
    }
}
