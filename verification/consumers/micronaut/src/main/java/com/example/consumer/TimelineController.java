package com.example.consumer;

import app.bsky.feed.GetTimeline;
import dev.atlex.client.Client;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

@Controller("/timeline")
class TimelineController {
    private final Client client;

    TimelineController(Client client) {
        this.client = client;
    }

    @Get
    @ExecuteOn(TaskExecutors.BLOCKING)
    String timeline() {
        return client.call(GetTimeline.QUERY, p -> p.limit(20)).toJson();
    }
}
