package dev.atlex.bluesky.internal.card;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the scanner for a page's head, and which of the page's properties are used. */
class HtmlHeadTest {
    private static final URI PAGE = URI.create("https://example.com/blog/post.html");

    private static PageMetadata metadata(String html) {
        return PageMetadata.of(HtmlHead.scan(html), PAGE);
    }

    private static String title(String html) {
        return String.valueOf(metadata(html).title());
    }

    @Nested
    class Tags {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "<meta property=\"og:title\" content=\"A title\">",
                    "<meta content='A title' property='og:title'/>",
                    "<META PROPERTY=og:title CONTENT='A title'>",
                    "<meta\n\tproperty = \"og:title\"\n content = \"A title\" / >",
                    "<meta name=og:title content=\"A title\">",
                    "<meta itemprop=x property=\"OG:Title\" content=\"A title\" content=\"other\">",
                    "<meta data-rh=true property=\"og:title\" content=\" A \n title \">",
                    "<!-- <meta property=og:title content=No> --><meta property=og:title content='A title'>",
                    "<!--><meta property=og:title content='A title'>-->",
                    "<script>'<meta property=og:title content=No>'</script><meta property=og:title content='A title'>",
                    "<SCRIPT>1</scripts></SCRIPT ><meta property=og:title content='A title'>",
                    "<style>a>b{}</style><title>Plain</title><meta property=og:title content='A title'>",
                    "<noscript><title>No</title></noscript><title>A title</title>",
                    "<?xml version='1.0'?><!DOCTYPE html><html><head><title>A title</title>",
                    "<title data-x='>'>A title</title>",
                    "<title>A title<meta name=description content=x>",
                    "<TITLE>A title</TITLE foo>",
                    "1 < 2 <title>A title</title>",
                    "<title></title><meta name=twitter:title content='A title'>",
                })
        void title_isFound(String html) {
            assertThat(title(html)).isEqualTo("A title");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "<",
                    "<title",
                    "<title>",
                    "<title>never ends",
                    "<meta property=\"og:title\" content=\"never ends>",
                    "<meta property=og:title content",
                    "<!-- <title>A title</title>",
                    "<script><title>A title</title>",
                    "</head><title>A title</title>",
                    "<body><title>A title</title>",
                    "<header><h1>A title</h1></header>",
                    "<meta property=og:title content='  '>",
                    "plain text",
                })
        void title_notInTheHead_isNull(String html) {
            assertThat(metadata(html).title()).isNull();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"<title>x</title></head>", "<title>x</title></HEAD >", "<title>x</title><body class=a>"})
        void headEnds(String html) {
            assertThat(HtmlHead.scan(html).ended()).isTrue();
        }

        @Test
        void headerElement_doesNotEndTheHead() {
            assertThat(HtmlHead.scan("<title>x</title></header><header>").ended())
                    .isFalse();
        }
    }

    @Nested
    class Entities {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "Q&amp;A|Q&A",
                    "&lt;b&gt;|<b>",
                    "caf&eacute;|café",
                    "caf&eacute x|café x",
                    "&#8212;&#x2014;|——",
                    "&#150;|–",
                    "&#x1F600;|😀",
                    "&#0;&#xD800;&#x110000;|\ufffd\ufffd\ufffd",
                    "&nosuch; &|&nosuch; &",
                    "&#xyz; &#;|&#xyz; &#;",
                    "&hellip;&apos;|…'",
                    "AT&T|AT&T",
                    "&amp;amp;|&amp;",
                })
        void textIsDecoded(String html, String expected) {
            assertThat(title("<title>" + html + "</title>")).isEqualTo(expected);
        }

        @Test
        void nameInUrlQuery_isKept() {
            assertThat(metadata("<meta property=og:image content='/a?x=1&copy=2&amp;y=3&lt'>")
                            .images())
                    .containsExactly(URI.create("https://example.com/a?x=1&copy=2&y=3%3C"));
        }
    }

    @Nested
    class Properties {
        @Test
        void openGraph_comesBeforeTwitterAndHtml() {
            PageMetadata metadata = metadata("""
                    <title>html</title>
                    <meta name="description" content="html description">
                    <meta name="twitter:title" content="twitter">
                    <meta name="twitter:description" content="twitter description">
                    <meta property="og:title" content="og">
                    <meta property="og:description" content="og description">
                    """);
            assertThat(metadata.title()).isEqualTo("og");
            assertThat(metadata.description()).isEqualTo("og description");
        }

        @Test
        void twitter_comesBeforeHtml() {
            PageMetadata metadata = metadata("""
                    <title>html</title>
                    <meta name="description" content="html description">
                    <meta name="twitter:title" content="twitter">
                    """);
            assertThat(metadata.title()).isEqualTo("twitter");
            assertThat(metadata.description()).isEqualTo("html description");
        }

        @ParameterizedTest
        @CsvSource({
            "/img.png, https://example.com/img.png",
            "img.png, https://example.com/blog/img.png",
            "../img.png, https://example.com/img.png",
            "//cdn.example.net/i.png, https://cdn.example.net/i.png",
            "?w=1, https://example.com/blog/post.html?w=1",
            "/a b|c.png, https://example.com/a%20b%7Cc.png",
            "/é😀.png, https://example.com/%C3%A9%F0%9F%98%80.png",
            "/100%.png, https://example.com/100%25.png",
            "https://bücher.example/i.png, https://xn--bcher-kva.example/i.png",
            "http://other.example/i.png#x, http://other.example/i.png",
        })
        void imageUrl_isResolved(String content, String expected) {
            assertThat(metadata("<meta property=og:image content='" + content + "'>")
                            .images())
                    .containsExactly(URI.create(expected));
        }

        @Test
        void imageUrl_isResolvedAgainstTheBase() {
            assertThat(metadata("<base href='/static/'><meta property=og:image content=i.png>")
                            .images())
                    .containsExactly(URI.create("https://example.com/static/i.png"));
        }

        @Test
        void imageUrl_isResolvedAgainstAHostWithoutPath() {
            HtmlHead.Found head = HtmlHead.scan("<meta property=og:image content=i.png>");
            assertThat(PageMetadata.of(head, URI.create("https://example.com")).images())
                    .containsExactly(URI.create("https://example.com/i.png"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "data:image/png;base64,AAAA",
                    "file:///etc/passwd",
                    "javascript:1",
                    "https://",
                    "http://u:p@x.example/"
                })
        void imageUrl_thatIsNotHttp_isIgnored(String content) {
            assertThat(metadata("<meta property=og:image content='" + content + "'>")
                            .images())
                    .isEmpty();
        }

        @Test
        void images_areOrderedAndDistinct() {
            assertThat(metadata("""
                                    <link rel="image_src" href="/4.png">
                                    <meta name="twitter:image" content="/2.png">
                                    <meta property="og:image" content="/1.png">
                                    <meta property="og:image:secure_url" content="/1.png">
                                    <meta itemprop="image" content="/5.png">
                                    """).images()).extracting(URI::getPath).containsExactly("/1.png", "/2.png", "/4.png");
        }

        @Test
        void canonicalUrl_isResolved() {
            assertThat(metadata("<link rel='alternate canonical' href='/other'>")
                            .canonical())
                    .isEqualTo(URI.create("https://example.com/other"));
            assertThat(metadata("<meta property=og:url content='https://example.com/og'>")
                            .canonical())
                    .isEqualTo(URI.create("https://example.com/og"));
        }

        @Test
        void longText_isCutBetweenWords() {
            String title = title("<title>" + "word ".repeat(100) + "</title>");
            assertThat(title).hasSizeLessThanOrEqualTo(300).endsWith("word…");
        }

        @Test
        void longText_isNotCutWithinACluster() {
            String family = "👨‍👩‍👧";
            String title = title("<title>" + "x".repeat(297) + family + family + "</title>");
            assertThat(title).isEqualTo("x".repeat(297) + "…");
        }

        @Test
        void controlsAndDirectionMarks_areRemoved() {
            assertThat(title("<title>a\u202eb\u0000c\u2067d</title>")).isEqualTo("a b c d");
        }
    }

    /** Each page would take minutes if the scan took quadratic time. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<",
                "<!",
                "<!--",
                "<!-->",
                "</",
                "<a ",
                "<a b=",
                "<a b='",
                "<title>",
                "<title></title>",
                "<script>",
                "<script></script>",
                "</script",
                "<meta ",
                "<meta a=b>",
                "&",
                "&amp",
                "&#",
                "<a b=\"c\"",
                "<body",
                "a=",
                "<meta property=og:title content=x>",
                "<link rel='a b c d e f' href=x>"
            })
    void hostilePage_takesLinearTime(String part) {
        String html = part.repeat(1_000_000 / part.length());
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> metadata(html));
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> metadata("<title>" + html + "</title>"));
    }
}
