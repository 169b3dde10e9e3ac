package dev.atlex.testkit.internal;

import dev.atlex.data.LexMap;
import dev.atlex.testkit.internal.appview.AppView;
import dev.atlex.testkit.internal.appview.Endpoint;
import dev.atlex.testkit.internal.appview.ViewerCall;
import java.util.List;

/** Makes the methods of the AppView available on the PDS, as if the PDS forwarded them. */
final class AppViewMethods {
    private AppViewMethods() {}

    static List<Method> of(AppView appView) {
        return appView.endpoints().stream().map(AppViewMethods::method).toList();
    }

    private static Method method(Endpoint endpoint) {
        return endpoint.procedure()
                ? Method.procedure(endpoint.nsid(), Auth.STANDARD, endpoint.schema(), call -> respond(endpoint, call))
                : Method.query(endpoint.nsid(), Auth.STANDARD, endpoint.schema(), call -> respond(endpoint, call));
    }

    private static Response respond(Endpoint endpoint, Call call) {
        ViewerCall viewerCall = new ViewerCall(call.claims().did(), endpoint.procedure() ? call.input : call.params);
        LexMap output = endpoint.body().apply(viewerCall);
        return output == null ? Response.empty() : Response.json(output);
    }
}
