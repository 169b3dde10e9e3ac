import dev.atlex.streams.ZstdDecoderProvider;
import dev.atlex.streams.zstd.ZstdJniProvider;
import org.jspecify.annotations.NullMarked;

/** Decompresses Jetstreams, with the native library of zstd-jni. */
@NullMarked
module dev.atlex.streams.zstd {
    requires transitive org.jspecify;
    requires transitive dev.atlex.streams;
    requires com.github.luben.zstd_jni;

    exports dev.atlex.streams.zstd;

    provides ZstdDecoderProvider with
            ZstdJniProvider;
}
