package dev.atlex.spring;

import static org.assertj.core.api.Assertions.assertThat;

import app.bsky.feed.Post;
import dev.atlex.client.Client;
import dev.atlex.micrometer.StreamMetrics;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.store.CursorStore;
import dev.atlex.spring.AtlexHealth.Report;
import dev.atlex.spring.AtlexHealth.State;
import dev.atlex.streams.Consumer;
import dev.atlex.streams.Firehose;
import dev.atlex.streams.Lanes;
import dev.atlex.streams.RecordOperation;
import dev.atlex.streams.RepoEvent;
import dev.atlex.streams.RepoStream;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.LocalPdsExtension;
import dev.atlex.testkit.TestAccount;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tests that an application's streams follow its lifecycle. */
@Timeout(60)
class StreamRunnerTest {
    @RegisterExtension
    static final LocalPdsExtension PDS = LocalPdsExtension.create();

    private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();

    @TempDir
    private Path folder;

    private ApplicationContextRunner runner(LocalPds pds, TestAccount alice) {
        return runner(pds, alice, stream -> stream.consume(Lanes.of(2), posts(stream)));
    }

    private java.util.function.Consumer<RepoEvent> posts(RepoStream stream) {
        return stream.records(Post.RECORD, (operation, post) -> texts.add(post.text()));
    }

    /** A bean that is only loaded in contexts with streams. */
    private static ApplicationContextRunner runner(
            LocalPds pds, TestAccount alice, Function<RepoStream, Consumer> consume) {
        return Contexts.of(pds, alice)
                .withBean(Settings.class, () -> new Settings(pds.pdsUrl().toString(), consume))
                .withUserConfiguration(Streams.class);
    }

    record Settings(String service, Function<RepoStream, Consumer> consume) {}

    @Configuration(proxyBeanMethods = false)
    static class Streams {
        @Bean
        StreamRunner posts(CursorStore cursors, Settings settings) {
            return StreamRunner.of(
                    "posts",
                    () -> Firehose.connect(
                            f -> f.service(settings.service()).cursor(cursors).startAt(0)),
                    settings.consume());
        }
    }

    private static void post(LocalPds pds, TestAccount alice, String text) {
        Client client = new Client(PasswordSession.login(pds.pdsUrl().toString(), alice.handle(), alice.password()));
        client.create(
                Post.RECORD,
                Post.builder().text(text).createdAt("2026-11-27T16:00:00Z").build());
    }

    private static Map<?, ?> details(ApplicationContext context) {
        Report report = context.getBean(AtlexHealth.class).report();
        return (Map<?, ?>) ((Map<?, ?>) report.details().get("streams")).get("posts");
    }

    @Test
    void streamRunsWithTheContext_andResumesInTheNext(LocalPds pds, TestAccount alice) throws Exception {
        ApplicationContextRunner runner = runner(pds, alice).withPropertyValues("atlex.store.path=" + folder);
        runner.run(context -> {
            post(pds, alice, "one");
            assertThat(texts.take()).isEqualTo("one");
            assertThat(details(context).get("status")).isEqualTo("connected");
            assertThat(context.getBean(AtlexHealth.class).report().state()).isEqualTo(State.UP);
        });
        pds.firehose().awaitConnections(0, Duration.ofSeconds(30));
        post(pds, alice, "two");
        runner.run(context -> assertThat(texts.take()).isEqualTo("two"));
        assertThat(texts).isEmpty();
    }

    @Test
    void stoppedContext_connectsAgainWhenStarted(LocalPds pds, TestAccount alice) {
        runner(pds, alice).run(context -> {
            post(pds, alice, "one");
            assertThat(texts.take()).isEqualTo("one");
            StreamRunner runner = context.getBean(StreamRunner.class);
            context.getSourceApplicationContext().stop();
            assertThat(runner.isRunning()).isFalse();
            assertThat(details(context).get("status")).isEqualTo("stopped");
            pds.firehose().awaitConnections(0, Duration.ofSeconds(30));
            context.getSourceApplicationContext().start();
            post(pds, alice, "two");
            assertThat(texts.take()).isEqualTo("two");
            assertThat(texts).isEmpty();
        });
    }

    @Test
    void failingHandler_isDownWithItsReason(LocalPds pds, TestAccount alice) {
        runner(
                        pds,
                        alice,
                        stream -> stream.consume(Lanes.of(1), event -> {
                            throw new IllegalStateException("secret of the application");
                        }))
                .run(context -> {
                    post(pds, alice, "one");
                    StreamRunner runner = context.getBean(StreamRunner.class);
                    while (runner.failure() == null) {
                        Thread.onSpinWait();
                    }
                    AtlexHealth health = context.getBean(AtlexHealth.class);
                    assertThat(health.report().state()).isEqualTo(State.DOWN);
                    assertThat(details(context).get("status")).isEqualTo("failed");
                    assertThat(details(context).get("reason")).isEqualTo("IllegalStateException");
                });
    }

    @Test
    void invalidOptions_failTheStart(LocalPds pds, TestAccount alice) {
        Contexts.of(pds, alice)
                .withBean(
                        StreamRunner.class,
                        () -> StreamRunner.of(
                                "posts",
                                () -> Firehose.connect(f -> f.service("ftp://example.com")),
                                stream -> stream.consume(Lanes.of(1), event -> {})))
                .run(context -> assertThat(context).hasFailed());
    }

    @Test
    void failureToConsume_closesTheStream(LocalPds pds, TestAccount alice) throws Exception {
        runner(pds, alice, stream -> {
                    throw new IllegalStateException("no handler");
                })
                .run(context -> assertThat(context).hasFailed());
        pds.firehose().awaitConnections(0, Duration.ofSeconds(30));
    }

    @Test
    void metricsFollowTheStream(LocalPds pds, TestAccount alice) {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        runner(pds, alice).withBean(MeterRegistry.class, () -> meters).run(context -> {
            post(pds, alice, "one");
            texts.take();
            assertThat(meters.get("atlex.stream.events")
                            .tag("stream", "posts")
                            .functionCounter()
                            .count())
                    .isPositive();
        });
    }

    /** The example of the pages, which is only compiled: it would connect to the real network. */
    @Configuration(proxyBeanMethods = false)
    static class Example {
        interface Index {
            void add(RecordOperation operation, Post post);
        }

        @Bean
        StreamRunner posts(CursorStore cursors, Index index) {
            return StreamRunner.of(
                    "posts",
                    () -> Firehose.connect(f -> f.collections(Post.RECORD).cursor(cursors)),
                    stream -> stream.consume(Lanes.of(4), stream.records(Post.RECORD, index::add)));
        }
    }

    @Test
    void withoutStreamsModule_thereAreNoBeans(LocalPds pds, TestAccount alice) {
        Contexts.of(pds, alice)
                .withClassLoader(new FilteredClassLoader("dev.atlex.streams"))
                .run(context -> {
                    assertThat(context).hasNotFailed().doesNotHaveBean(StreamMetrics.class);
                    assertThat(context.getBean(AtlexHealth.class).report().details())
                            .doesNotContainKey("streams");
                });
    }
}
