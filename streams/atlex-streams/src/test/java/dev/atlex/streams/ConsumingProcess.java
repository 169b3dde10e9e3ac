package dev.atlex.streams;

import com.atproto.label.SubscribeLabels;
import dev.atlex.session.store.CursorStore;
import java.nio.file.Path;
import java.time.Duration;

/** A process that consumes a stream and prints the sequence numbers of finished events until it is killed. */
final class ConsumingProcess {
    private ConsumingProcess() {}

    /** @param args the URL of the server, the folder for the cursor, and the save interval in milliseconds */
    public static void main(String[] args) {
        try (var stream = EventStream.connect(
                SubscribeLabels.SUBSCRIPTION,
                o -> o.service(args[0])
                        .cursor(CursorStore.file(Path.of(args[1])))
                        .saveInterval(Duration.ofMillis(Long.parseLong(args[2]))))) {
            stream.forEach(event -> {
                System.out.println(event.sequence().getAsLong());
                System.out.flush();
            });
        }
    }
}
