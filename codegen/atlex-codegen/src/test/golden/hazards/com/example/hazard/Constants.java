// Generated from the lexicon com.example.hazard.constants. Do not edit.
package com.example.hazard;

/** The definitions of {@code com.example.hazard.constants}. */
public final class Constants {
    /** The token {@code com.example.hazard.constants#a}. */
    public static final String A = "com.example.hazard.constants#a";

    /** The token {@code com.example.hazard.constants#A}. */
    public static final String A_ = "com.example.hazard.constants#A";

    /** The token {@code com.example.hazard.constants#a_}. */
    public static final String A__ = "com.example.hazard.constants#a_";

    /** The token {@code com.example.hazard.constants#draft}. */
    public static final String DRAFT = "com.example.hazard.constants#draft";

    /** The token {@code com.example.hazard.constants#nsid}. */
    public static final String NSID_ = "com.example.hazard.constants#nsid";

    /** The token {@code com.example.hazard.constants#codec}. */
    public static final String CODEC_ = "com.example.hazard.constants#codec";

    /** A known value of {@code reason}. */
    public static final String REASON_OTHER = "com.example.one.defs#other";

    /** A known value of {@code reason}. */
    public static final String REASON_COM_EXAMPLE_TWO_DEFS_OTHER = "com.example.two.defs#other";

    /** A known value of {@code reason}. */
    public static final String REASON_COM_EXAMPLE_HAZARD_CONSTANTS_OTHER = "com.example.hazard.constants#other";

    /** A known value of {@code reason}. */
    public static final String REASON_OTHER_ = "other";

    /** The token {@code com.example.hazard.constants#reasonOther}. */
    public static final String REASON_OTHER__ = "com.example.hazard.constants#reasonOther";

    /** A known value of {@code odd}. */
    public static final String ODD_EMPTY = "*/";

    /** A known value of {@code odd}. */
    public static final String ODD_CODE_X = "{@code x}";

    /** A known value of {@code odd}. */
    public static final String ODD_L = "$L";

    /** A known value of {@code odd}. */
    public static final String ODD_EMPTY_ = "\"";

    /** A known value of {@code odd}. */
    public static final String ODD_U0022 = "\\u0022";

    /** A known value of {@code odd}. */
    public static final String ODD_UE9 = "\u00e9";

    /** A known value of {@code odd}. */
    public static final String ODD__1 = "1";

    /** A known value of {@code odd}. */
    public static final String ODD_A_B = "a b";

    private Constants() {}
}
