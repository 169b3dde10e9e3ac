package dev.atlex.data;

/**
 * An array element that was left out because it is invalid.
 *
 * @param path the path of the invalid value from the root {@code $}, such as {@code $.feed[3].post.uri}. The middle of
 *     a deep path is omitted
 * @param message the problem, including the path
 * @param value the original element
 */
public record ReadProblem(String path, String message, LexValue value) {}
