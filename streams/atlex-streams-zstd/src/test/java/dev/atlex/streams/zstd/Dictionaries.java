package dev.atlex.streams.zstd;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDictTrainer;
import java.util.function.UnaryOperator;

/** Trains dictionaries. */
final class Dictionaries {
    private Dictionaries() {}

    /** @param seed different seeds give different ids */
    static byte[] train(int seed) {
        ZstdDictTrainer trainer = new ZstdDictTrainer(1 << 20, 4096);
        for (int i = 0; i < 3000; i++) {
            String sample = "{\"$type\":\"message\",\"payload\":{\"seq\":" + (long) i * seed + ",\"did\":\"did:plc:"
                    + seed + Integer.toString(i * 31 + seed, 36) + "\",\"kind\":\"" + Integer.toHexString(i * seed)
                    + "\"}}";
            trainer.addSample(sample.getBytes(UTF_8));
        }
        return trainer.trainSamples();
    }

    static long id(byte[] dictionary) {
        return Zstd.getDictIdFromDict(dictionary);
    }

    static UnaryOperator<byte[]> compressor(byte[] dictionary) {
        return frame -> {
            try (ZstdCompressCtx context = new ZstdCompressCtx()) {
                return context.loadDict(dictionary).compress(frame);
            }
        };
    }
}
