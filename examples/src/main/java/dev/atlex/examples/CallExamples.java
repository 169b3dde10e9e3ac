package dev.atlex.examples;

import app.bsky.actor.ActorDefs.ProfileViewDetailed;
import app.bsky.actor.GetProfile;
import app.bsky.feed.GetTimeline;
import app.bsky.graph.GetFollows;
import app.bsky.graph.MuteActor;
import dev.atlex.client.Agent;
import dev.atlex.client.Call;
import dev.atlex.client.CallOptions;
import dev.atlex.client.Client;
import dev.atlex.client.DynamicClient;
import dev.atlex.client.InvalidItems;
import dev.atlex.client.RateLimit;
import dev.atlex.client.XrpcResponse;
import dev.atlex.client.XrpcResult;
import dev.atlex.data.LexMap;
import dev.atlex.schema.document.LexiconDocuments;
import dev.atlex.schema.runtime.RuntimeSchemas;
import dev.atlex.session.PasswordSession;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The examples of {@code docs/calling-methods.md}. */
final class CallExamples {
    private CallExamples() {}

    static void agents(PasswordSession session) {
        Client client = new Client(session);
        Client anonymous = new Client(Agent.of("https://public.api.bsky.app"));

        ProfileViewDetailed profile = anonymous.call(GetProfile.QUERY, p -> p.actor("bsky.app"));
        client.call(MuteActor.PROCEDURE, i -> i.actor(profile.did()));
    }

    static GetTimeline.Output options(Client client) {
        Client careful = client.with(o -> o.timeout(Duration.ofSeconds(10)).retries(3));
        GetTimeline.Output timeline =
                careful.call(GetTimeline.QUERY, p -> p.limit(50), CallOptions.of(o -> o.retries(0)));
        return timeline;
    }

    static void bot(Client client) {
        Client bot =
                client.with(o -> o.invalidItems(InvalidItems.SKIP).onProblem(p -> System.err.println(p.message())));
        bot.pages(GetTimeline.QUERY, q -> q.limit(50))
                .items(GetTimeline.Output::feed)
                .forEach(item -> System.out.println(item.post().uri()));
    }

    static @Nullable RateLimit responses(Client client) {
        XrpcResponse<GetTimeline.Output> response = client.xrpc(Call.of(GetTimeline.QUERY, p -> p.limit(50)));
        RateLimit limit = response.rateLimit();

        XrpcResult<ProfileViewDetailed> result = client.attempt(Call.of(GetProfile.QUERY, p -> p.actor("bsky.app")));
        if (result instanceof XrpcResult.Failure<ProfileViewDetailed> failed) {
            System.err.println(failed.failure().error());
        }
        return limit;
    }

    static void pages(Client client) {
        client.pages(GetFollows.QUERY, p -> p.actor("bsky.app"))
                .items(GetFollows.Output::follows)
                .limit(500)
                .forEach(follow -> System.out.println(follow.handle()));
    }

    static Client otherServices(Client client) {
        Client chat = client.with(o -> o.proxy("did:web:api.bsky.chat#bsky_chat"));
        return chat;
    }

    static CompletableFuture<ProfileViewDetailed> futures(Client client, Executor executor) {
        CompletableFuture<ProfileViewDetailed> future =
                client.async(executor).call(GetProfile.QUERY, p -> p.actor("bsky.app"));
        return future;
    }

    static void withoutGeneratedCode(Client client, LexMap record) {
        RuntimeSchemas schemas = RuntimeSchemas.of(LexiconDocuments.load(Path.of("lexicons")));
        schemas.validateRecord(record);
        new DynamicClient(client, schemas).call("com.example.newMethod", LexMap.of());
        new DynamicClient(client, schemas)
                .pages("com.example.listThings", LexMap.of())
                .items(page -> page.getArray("things"));
    }
}
