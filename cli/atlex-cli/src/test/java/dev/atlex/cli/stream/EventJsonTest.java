package dev.atlex.cli.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.atproto.label.SubscribeLabels;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.streams.StreamMessage;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventJsonTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"""
                com.atproto.label.subscribeLabels#labels","seq":7,"labels":[{"src":"did:plc:a","uri":"at://did:plc:b",\
                "val":"spam","cts":"2026-11-27T12:00:00Z"}]}|7|{"seq":7,"kind":"labels","labels":[{"src":"did:plc:a",\
                "uri":"at://did:plc:b","val":"spam","cts":"2026-11-27T12:00:00Z"}]}""", """
                com.atproto.label.subscribeLabels#info","name":"OutdatedCursor"}|-1|{"kind":"info",\
                "name":"OutdatedCursor"}""", """
                com.atproto.label.subscribeLabels#novelty","seq":8,"x":1}|8|{"seq":8,"kind":"novelty","x":1}"""})
    void labels_haveAKindInsteadOfAType(String message, long sequence, String expected) {
        SubscribeLabels.Message decoded = SubscribeLabels.Message.CODEC.fromValue(
                LexValue.parseJson("{\"$type\":\"" + message), ReadOptions.LENIENT);

        assertThat(EventJson.ofLabels(
                        new StreamMessage<>(sequence < 0 ? OptionalLong.empty() : OptionalLong.of(sequence), decoded)))
                .isEqualTo(LexValue.parseJson(expected));
    }
}
