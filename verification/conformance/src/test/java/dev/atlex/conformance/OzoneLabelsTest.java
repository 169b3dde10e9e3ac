package dev.atlex.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import app.bsky.feed.Post;
import com.atproto.admin.AdminDefs.RepoRef;
import com.atproto.label.LabelDefs.Label;
import com.atproto.label.SubscribeLabels;
import com.atproto.repo.CreateRecord;
import com.atproto.repo.StrongRef;
import dev.atlex.client.CallOptions;
import dev.atlex.session.store.CursorStore;
import dev.atlex.streams.EventStream;
import dev.atlex.streams.Gap;
import dev.atlex.streams.Labels;
import dev.atlex.streams.Lanes;
import dev.atlex.streams.StreamGap;
import dev.atlex.streams.StreamMessage;
import dev.atlex.streams.StreamOptions;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.ozone.moderation.EmitEvent;
import tools.ozone.moderation.ModerationDefs.ModEventLabel;

/**
 * Tests the stream of labels of the real Ozone. A moderator creates and negates labels through the PDS, as Ozone's user
 * interface does.
 *
 * <p>Ozone never sends {@code OutdatedCursor}, because it keeps all labels. If a label is created or negated again, it
 * gets a new sequence number, and its old one is gone. So there are holes between sequence numbers.
 */
@Tag("appview")
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class OzoneLabelsTest extends BlueskyScenarios {
    private final AppViewNetwork network;
    private final CursorStore cursors = CursorStore.memory();
    private final BlockingQueue<Label> labels = new LinkedBlockingQueue<>();
    private final BlockingQueue<StreamGap> gaps = new LinkedBlockingQueue<>();
    private final Person moderator;
    private final Person author;

    OzoneLabelsTest() {
        super(AppViewNetwork.shared());
        network = AppViewNetwork.shared();
        moderator = person();
        author = person();
    }

    @BeforeEach
    void addModerator() {
        network.addModerator(moderator.did());
    }

    private EmitEvent.Input.Subject post(String text) {
        CreateRecord.Output created = author.client()
                .create(
                        Post.RECORD,
                        Post.builder()
                                .text(text)
                                .createdAt("2026-01-02T03:04:05Z")
                                .build());
        return EmitEvent.Input.Subject.of(
                StrongRef.builder().uri(created.uri()).cid(created.cid()).build());
    }

    private void label(EmitEvent.Input.Subject subject, String value) {
        emit(subject, List.of(value), List.of());
    }

    private void negate(EmitEvent.Input.Subject subject, String value) {
        emit(subject, List.of(), List.of(value));
    }

    private void emit(EmitEvent.Input.Subject subject, List<String> create, List<String> negate) {
        ModEventLabel event = ModEventLabel.builder()
                .createLabelVals(create)
                .negateLabelVals(negate)
                .build();
        moderator
                .client()
                .call(
                        EmitEvent.PROCEDURE,
                        EmitEvent.Input.builder()
                                .event(EmitEvent.Input.Event.of(event))
                                .subject(subject)
                                .createdBy(moderator.did())
                                .build(),
                        CallOptions.of(o -> o.proxy(network.labeler() + "#atproto_labeler")));
    }

    private EventStream<StreamMessage<SubscribeLabels.Message>> connect(
            Consumer<? super StreamOptions.Builder> options) {
        var stream = Labels.connect(o -> {
            o.service(network.ozoneUrl()).onGap(gap -> {
                gaps.add(gap);
                return Gap.OLDEST;
            });
            options.accept(o);
        });
        stream.consume(Lanes.of(1), event -> {
            if (event.message() instanceof SubscribeLabels.Message.Labels message) {
                labels.addAll(message.value().labels());
            }
        });
        return stream;
    }

    /** Waits for the next label of a test's author, and returns its value, with a minus if it is negated. */
    private String next() throws InterruptedException {
        Label label = labels.take();
        while (!label.uri().contains(author.did().toString())) {
            label = labels.take(); // from another test
        }
        assertThat(label.src()).isEqualTo(network.labeler());
        assertThat(label.sig()).isNotNull();
        return (Boolean.TRUE.equals(label.neg()) ? "-" : "") + label.val();
    }

    @Test
    void labelsAndNegations_arrive() throws Exception {
        EmitEvent.Input.Subject post = post("to be labeled");
        EmitEvent.Input.Subject account =
                EmitEvent.Input.Subject.of(RepoRef.builder().did(author.did()).build());
        try (var stream = connect(o -> o.startAt(0))) {
            label(post, "spam");
            assertThat(next()).isEqualTo("spam");
            label(account, "rude");
            assertThat(next()).isEqualTo("rude");
            negate(post, "spam");
            assertThat(next()).isEqualTo("-spam");
            assertThat(stream.health().skipped()).isZero();
            assertThat(gaps).isEmpty();
        }
    }

    @Test
    void restartOfTheLabeler_neitherLosesNorRepeatsLabels() throws Exception {
        EmitEvent.Input.Subject post = post("labeled before and after a restart");
        try (var stream = connect(o -> o.startAt(0))) {
            label(post, "spam");
            assertThat(next()).isEqualTo("spam");

            network.restartOzone();
            label(post, "rude");
            assertThat(next()).isEqualTo("rude");
            negate(post, "rude");
            assertThat(next()).isEqualTo("-rude");

            assertThat(stream.health().reconnects()).isPositive();
            assertThat(gaps).isEmpty();
        }
    }

    @Test
    void restartOfTheConsumer_continuesAtTheCursor() throws Exception {
        EmitEvent.Input.Subject post = post("labeled while no consumer runs");
        try (var stream = connect(o -> o.cursor(cursors).startAt(0))) {
            label(post, "spam");
            assertThat(next()).isEqualTo("spam");
            assertThat(stream.health().skipped()).isZero();
        }

        network.restartOzone();
        negate(post, "spam"); // replaces the label at the cursor
        label(post, "rude");

        try (var stream = connect(o -> o.cursor(cursors).startAt(0))) {
            assertThat(next()).isEqualTo("-spam");
            assertThat(next()).isEqualTo("rude");
            assertThat(labels).isEmpty();
            assertThat(stream.health().gaps()).isZero();
        }
    }

    @Test
    void futureCursor_isAGapAndTheStreamContinues() throws Exception {
        label(post("labeled before the connection"), "spam");
        try (var stream = connect(o -> o.startAt(1_000_000_000))) {
            StreamGap gap = gaps.take();
            assertThat(gap.kind()).isEqualTo(StreamGap.Kind.FUTURE);
            assertThat(gap.cursor()).isEqualTo(1_000_000_000);
            assertThat(next()).isEqualTo("spam"); // from the oldest label on
            label(post("labeled after it"), "rude");
            assertThat(next()).isEqualTo("rude");
            assertThat(stream.health().gaps()).isEqualTo(1);
        }
    }
}
