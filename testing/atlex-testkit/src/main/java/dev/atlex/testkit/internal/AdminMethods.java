package dev.atlex.testkit.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.data.LexMap;
import dev.atlex.testkit.internal.InputSchema.Type;
import java.util.Base64;
import java.util.List;

/** The {@code com.atproto.admin} methods, with which operators use the admin password to change an account's status. */
final class AdminMethods {
    private static final String REPO = "com.atproto.admin.defs#repoRef";

    private final Pds pds;

    AdminMethods(Pds pds) {
        this.pds = pds;
    }

    List<Method> methods() {
        InputSchema status = InputSchema.of()
                .required("subject", Type.OBJECT)
                .optional("takedown", Type.OBJECT)
                .optional("deactivated", Type.OBJECT);
        return List.of(Method.procedure(
                "com.atproto.admin.updateSubjectStatus", Auth.UNCHECKED, status, this::updateSubjectStatus));
    }

    private Response updateSubjectStatus(Call call) {
        String expected = "Basic " + Base64.getEncoder().encodeToString(("admin:" + pds.adminPassword).getBytes(UTF_8));
        if (!expected.equals(call.request.header("authorization"))) {
            throw XrpcError.unauthorized();
        }
        LexMap subject = call.input.getMap("subject");
        String did = subject == null ? null : subject.getString("did");
        Account account = did == null ? null : pds.accounts.byDid(did);
        if (subject == null || account == null || !REPO.equals(subject.type())) {
            throw XrpcError.invalidRequest("Invalid subject");
        }
        LexMap.Builder body = LexMap.builder().put("subject", subject);
        LexMap takedown = call.input.getMap("takedown");
        if (takedown != null) {
            boolean applied = Boolean.TRUE.equals(takedown.getBoolean("applied"));
            pds.apply(account, applied ? Pds.Change.TAKE_DOWN : Pds.Change.REINSTATE);
            body.put("takedown", takedown);
        }
        LexMap deactivated = call.input.getMap("deactivated");
        if (deactivated != null) {
            boolean applied = Boolean.TRUE.equals(deactivated.getBoolean("applied"));
            pds.apply(account, applied ? Pds.Change.DEACTIVATE : Pds.Change.ACTIVATE);
        }
        return Response.json(body.build());
    }
}
