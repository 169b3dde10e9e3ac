import dev.atlex.streams.ZstdDecoderProvider;
import org.jspecify.annotations.NullMarked;

/** Event streams that reconnect and resume: the firehose, Jetstream, labels and any other subscription. */
@NullMarked
module dev.atlex.streams {
    requires transitive org.jspecify;
    requires transitive dev.atlex.session;
    requires dev.atlex.repo;

    exports dev.atlex.streams;

    uses ZstdDecoderProvider;
}
