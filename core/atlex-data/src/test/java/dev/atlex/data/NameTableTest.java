package dev.atlex.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests that the cache of names is bounded for any input. */
class NameTableTest {
    private static final int NAMES = 50_000;

    /** The limit for remaining names, which is far below {@link #NAMES} and above the capacity of the table. */
    private static final int FEW = 2_000;

    @Test
    void namesFromJsonAreEvicted() throws Exception {
        assertThat(remainingAfterGc(weakReferences((LexMap) LexValue.parseJson(document("json")))))
                .isLessThan(FEW);
    }

    @Test
    void namesFromDagCborAreEvicted() throws Exception {
        assertThat(remainingAfterGc(weakReferences((LexMap) LexValue.parseCbor(cborDocument("cbor")))))
                .isLessThan(FEW);
    }

    /** Uses more names than a service does. With only a single slot for each, about half would be evicted by others. */
    @Test
    void hundredsOfNamesDoNotEvictEachOther() {
        int names = 300;
        NameTable.Known[] known = new NameTable.Known[names];
        int found = 0;
        for (int pass = 0; pass < 30; pass++) {
            found = 0;
            for (int i = 0; i < names; i++) {
                byte[] name = ("field" + i * i).getBytes(UTF_8);
                NameTable.Known now = NameTable.find(name, 0, name.length);
                assertThat(now).isNotNull();
                assertThat(now.text).isEqualTo("field" + i * i);
                found += now == known[i] ? 1 : 0;
                known[i] = now;
            }
        }
        assertThat(found).isGreaterThan(names * 9 / 10);
    }

    private static byte[] cborDocument(String prefix) {
        return LexValue.parseJson(document(prefix)).toCbor();
    }

    private static String document(String prefix) {
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < NAMES; i++) {
            json.append(i == 0 ? "\"" : ",\"").append(prefix).append(i).append("\":1");
        }
        return json.append('}').toString();
    }

    private static List<WeakReference<String>> weakReferences(LexMap map) {
        List<WeakReference<String>> names = new ArrayList<>();
        map.keySet().forEach(name -> names.add(new WeakReference<>(name)));
        return names;
    }

    /** Returns the number of references that survive garbage collection. */
    private static long remainingAfterGc(List<WeakReference<String>> names) throws InterruptedException {
        long remaining = names.size();
        for (int i = 0; i < 50 && remaining >= FEW; i++) {
            System.gc();
            Thread.sleep(20);
            remaining = names.stream().filter(name -> name.get() != null).count();
        }
        return remaining;
    }
}
