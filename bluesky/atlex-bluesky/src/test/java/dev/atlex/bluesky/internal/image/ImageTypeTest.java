package dev.atlex.bluesky.internal.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageTypeTest {
    @ParameterizedTest
    @CsvSource({"jpeg, JPEG", "png, PNG", "gif, GIF", "bmp, BMP", "tiff, TIFF"})
    void of_encodedImage_returnsItsFormat(String format, ImageType type) {
        assertThat(ImageType.of(Samples.encode(Samples.picture(9, 7), format))).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource({
        "avif, AVIF",
        "avis, AVIF",
        "heic, HEIC",
        "heix, HEIC",
        "hevc, HEIC",
        "mif1, HEIC",
    })
    void majorBrandSelectsTheType(String brand, ImageType type) {
        assertThat(ImageType.of(Samples.ascii("\0\0\0\24ftyp" + brand + "\0\0\0\0mif1")))
                .isEqualTo(type);
    }

    @Test
    void compatibleBrandSelectsTheType() {
        assertThat(ImageType.of(Samples.ascii("\0\0\0\30ftypmif1\0\0\0\0miafavif")))
                .isEqualTo(ImageType.AVIF);
    }

    @Test
    void otherFormatsAreNamed() {
        assertThat(ImageType.of(Samples.webp())).isEqualTo(ImageType.WEBP);
        assertThat(ImageType.of(Samples.ascii("8BPS\0\1"))).isEqualTo(ImageType.PSD);
        assertThat(ImageType.of(Samples.ascii("\0\0\0\14JXL \r\n\u0087\n"))).isEqualTo(ImageType.JPEG_XL);
        assertThat(ImageType.of(Samples.ascii("\0\0\0\14jP  \r\n\u0087\n"))).isEqualTo(ImageType.JPEG_2000);
        assertThat(ImageType.of(Samples.ascii("<?xml version='1.0'?>\n<!-- x --><svg xmlns='x'/>")))
                .isEqualTo(ImageType.SVG);
    }

    @Test
    void of_otherContent_returnsNull() {
        assertThat(ImageType.of(new byte[0])).isNull();
        assertThat(ImageType.of(Samples.ascii("<!DOCTYPE html><html><svg></svg></html>")))
                .isNull();
        assertThat(ImageType.of(Samples.ascii("BMW is a maker of cars, and of motorcycles.")))
                .isNull();
        assertThat(ImageType.of(Samples.ascii("\0\0\0\24ftypisom\0\0\0\0mp41"))).isNull();
        assertThat(ImageType.of(Samples.bytes(0xff, 0xd8))).isNull();
    }
}
