package com.example.consumer;

import app.bsky.feed.GetTimeline;
import dev.atlex.client.Client;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

@Path("/timeline")
public class TimelineResource {
    @Inject
    Client client;

    @GET
    @Blocking
    @Produces(MediaType.APPLICATION_JSON)
    public GetTimeline.Output timeline() {
        return client.call(GetTimeline.QUERY, p -> p.limit(20));
    }
}
