package dev.atlex.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is remembered of names has a bound, whatever was read. */
class NameTableTest {
    private static final int NAMES = 50_000;

    /** Far from {@link #NAMES}, and more than the table holds beside what other tests have read. */
    private static final int FEW = 2_000;

    @Test
    void namesOfJsonAreForgotten() throws Exception {
        assertThat(left(weakly((LexMap) LexValue.parseJson(document("json"))))).isLessThan(FEW);
    }

    @Test
    void namesOfDagCborAreForgotten() throws Exception {
        assertThat(left(weakly((LexMap) LexValue.parseCbor(inCbor("cbor"))))).isLessThan(FEW);
    }

    /** More than one service sends; with one place for each, half of these would be driven out by another. */
    @Test
    void aFewHundredNamesDoNotDriveOneAnotherOut() {
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

    private static byte[] inCbor(String prefix) {
        return LexValue.parseJson(document(prefix)).toCbor();
    }

    private static String document(String prefix) {
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < NAMES; i++) {
            json.append(i == 0 ? "\"" : ",\"").append(prefix).append(i).append("\":1");
        }
        return json.append('}').toString();
    }

    private static List<WeakReference<String>> weakly(LexMap map) {
        List<WeakReference<String>> names = new ArrayList<>();
        map.keySet().forEach(name -> names.add(new WeakReference<>(name)));
        return names;
    }

    /** How many are still there when the collector has had its time. */
    private static long left(List<WeakReference<String>> names) throws InterruptedException {
        long left = names.size();
        for (int i = 0; i < 50 && left >= FEW; i++) {
            System.gc();
            Thread.sleep(20);
            left = names.stream().filter(name -> name.get() != null).count();
        }
        return left;
    }
}
