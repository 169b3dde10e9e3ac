package dev.atlex.bluesky.internal.card;

import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decodes character references in HTML: numeric ones, the 252 names of HTML 4, and {@code &apos;}. Rarer names are left
 * unchanged.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/parsing.html#character-reference-state">HTML: character
 *     references</a>
 */
final class HtmlEntities {
    /** The names of U+00A0 to U+00FF, in order. Browsers accept these without a semicolon too. */
    private static final String LATIN =
            "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn "
                    + "sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave "
                    + "Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml "
                    + "ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN "
                    + "szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute "
                    + "icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml "
                    + "yacute thorn yuml";

    private static final String OTHERS =
            "OElig=152 oelig=153 Scaron=160 scaron=161 Yuml=178 fnof=192 circ=2c6 tilde=2dc Alpha=391 "
                    + "Beta=392 Gamma=393 Delta=394 Epsilon=395 Zeta=396 Eta=397 Theta=398 Iota=399 Kappa=39a "
                    + "Lambda=39b Mu=39c Nu=39d Xi=39e Omicron=39f Pi=3a0 Rho=3a1 Sigma=3a3 Tau=3a4 Upsilon=3a5 "
                    + "Phi=3a6 Chi=3a7 Psi=3a8 Omega=3a9 alpha=3b1 beta=3b2 gamma=3b3 delta=3b4 epsilon=3b5 zeta=3b6 eta=3b7 "
                    + "theta=3b8 iota=3b9 kappa=3ba lambda=3bb mu=3bc nu=3bd xi=3be omicron=3bf pi=3c0 rho=3c1 "
                    + "sigmaf=3c2 sigma=3c3 tau=3c4 upsilon=3c5 phi=3c6 chi=3c7 psi=3c8 omega=3c9 thetasym=3d1 "
                    + "upsih=3d2 piv=3d6 ensp=2002 emsp=2003 thinsp=2009 zwnj=200c zwj=200d lrm=200e rlm=200f "
                    + "ndash=2013 mdash=2014 lsquo=2018 rsquo=2019 sbquo=201a ldquo=201c rdquo=201d bdquo=201e "
                    + "dagger=2020 Dagger=2021 bull=2022 hellip=2026 permil=2030 prime=2032 Prime=2033 lsaquo=2039 "
                    + "rsaquo=203a oline=203e frasl=2044 euro=20ac image=2111 weierp=2118 real=211c trade=2122 "
                    + "alefsym=2135 larr=2190 uarr=2191 rarr=2192 darr=2193 harr=2194 crarr=21b5 lArr=21d0 uArr=21d1 "
                    + "rArr=21d2 dArr=21d3 hArr=21d4 forall=2200 part=2202 exist=2203 empty=2205 nabla=2207 isin=2208 "
                    + "notin=2209 ni=220b prod=220f sum=2211 minus=2212 lowast=2217 radic=221a prop=221d infin=221e "
                    + "ang=2220 and=2227 or=2228 cap=2229 cup=222a int=222b there4=2234 sim=223c cong=2245 asymp=2248 "
                    + "ne=2260 equiv=2261 le=2264 ge=2265 sub=2282 sup=2283 nsub=2284 sube=2286 supe=2287 oplus=2295 "
                    + "otimes=2297 perp=22a5 sdot=22c5 lceil=2308 rceil=2309 lfloor=230a rfloor=230b lang=2329 "
                    + "rang=232a loz=25ca spades=2660 clubs=2663 hearts=2665 diams=2666";

    private static final int MAX_NAME = 16;
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    private static final Map<String, String> NAMES = names();
    private static final Map<String, String> WITHOUT_SEMICOLON = withoutSemicolon();

    private HtmlEntities() {}

    private static Map<String, String> withoutSemicolon() {
        Map<String, String> names = new HashMap<>(Map.of("amp", "&", "lt", "<", "gt", ">", "quot", "\""));
        char c = 0xa0;
        for (String name : LATIN.split(" ")) {
            names.put(name, String.valueOf(c++));
        }
        return names;
    }

    private static Map<String, String> names() {
        Map<String, String> names = withoutSemicolon();
        names.put("apos", "'");
        for (String entry : OTHERS.split(" ")) {
            int equals = entry.indexOf('=');
            names.put(
                    entry.substring(0, equals), Character.toString(Integer.parseInt(entry.substring(equals + 1), 16)));
        }
        return names;
    }

    /**
     * Decodes text.
     *
     * @param attribute whether the text is an attribute's value, in which a name without a semicolon is often part of a
     *     URL
     */
    static String decode(String text, boolean attribute) {
        int at = text.indexOf('&');
        if (at < 0) {
            return text;
        }
        StringBuilder decoded = new StringBuilder(text.length());
        int copied = 0;
        while (at >= 0) {
            int end = end(text, at + 1);
            boolean semicolon = end < text.length() && text.charAt(end) == ';';
            String value = value(text.substring(at + 1, end), semicolon, attribute, text, end);
            if (value != null) {
                decoded.append(text, copied, at).append(value);
                copied = semicolon ? end + 1 : end;
            }
            at = text.indexOf('&', end);
        }
        return decoded.append(text, copied, text.length()).toString();
    }

    private static int end(String text, int start) {
        int at = start < text.length() && text.charAt(start) == '#' ? start + 1 : start;
        while (at < text.length() && at - start < MAX_NAME && isAlphanumeric(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isAlphanumeric(char c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static @Nullable String value(String name, boolean semicolon, boolean attribute, String text, int end) {
        if (name.startsWith("#")) {
            return numeric(name);
        }
        if (semicolon) {
            return NAMES.get(name);
        }
        boolean partOfUrl = attribute && end < text.length() && text.charAt(end) == '=';
        return partOfUrl ? null : WITHOUT_SEMICOLON.get(name);
    }

    private static @Nullable String numeric(String name) {
        boolean hex = name.startsWith("#x") || name.startsWith("#X");
        int number;
        try {
            number = Integer.parseInt(name.substring(hex ? 2 : 1), hex ? 16 : 10);
        } catch (NumberFormatException e) {
            return null;
        }
        if (number >= 0x80 && number < 0xa0) {
            return new String(new byte[] {(byte) number}, WINDOWS_1252);
        }
        boolean valid = number > 0 && number <= Character.MAX_CODE_POINT && (number < 0xd800 || number > 0xdfff);
        return valid ? Character.toString(number) : "\ufffd";
    }
}
