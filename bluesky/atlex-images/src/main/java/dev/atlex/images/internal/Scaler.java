package dev.atlex.images.internal;

import java.util.Arrays;

/**
 * Scales images down. Each pixel becomes the average of the area that it covers, so that no detail is skipped and no
 * moiré patterns appear. Colors are weighted by their alpha, so that transparent pixels don't darken the edges.
 */
final class Scaler {
    private final Pixels source;
    private final Pixels target;
    private final int bands;
    private final float[] row;
    private final float[] sum;

    private Scaler(Pixels source, int width, int height) {
        this.source = source;
        this.target = new Pixels(width, height, source.bands());
        this.bands = source.bands();
        this.row = new float[width * bands];
        this.sum = new float[width * bands];
    }

    /** Returns the image at the given size, which must not exceed its own. */
    static Pixels scale(Pixels source, int width, int height) {
        if (width == source.width() && height == source.height()) {
            return source;
        }
        return new Scaler(source, width, height).run();
    }

    private Pixels run() {
        double scale = (double) source.height() / target.height();
        int averaged = -1;
        for (int y = 0; y < target.height(); y++) {
            double top = y * scale;
            double bottom = Math.min((y + 1) * scale, source.height());
            Arrays.fill(sum, 0);
            for (int from = (int) top; from < bottom; from++) {
                // Neighboring target rows may share a source row.
                if (from != averaged) {
                    average(from);
                    averaged = from;
                }
                float weight = (float) ((Math.min(bottom, from + 1) - Math.max(top, from)) / (bottom - top));
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += row[i] * weight;
                }
            }
            store(y);
        }
        return target;
    }

    /** Averages a row of the source to the target's width. */
    private void average(int y) {
        byte[] data = source.data();
        int start = y * source.width() * bands;
        double scale = (double) source.width() / target.width();
        for (int x = 0; x < target.width(); x++) {
            double left = x * scale;
            double right = Math.min((x + 1) * scale, source.width());
            int first = (int) left;
            float weight = (float) (Math.min(right, first + 1) - left);
            float red = 0;
            float green = 0;
            float blue = 0;
            float alpha = 0;
            for (int at = start + first * bands, from = first; from < right; at += bands, from++) {
                if (from > first) {
                    weight = (float) Math.min(1, right - from);
                }
                if (bands == Pixels.GRAY) {
                    red += (data[at] & 0xff) * weight;
                } else {
                    float share = weight;
                    if (bands == Pixels.RGBA) {
                        share *= data[at + 3] & 0xff;
                        alpha += share;
                    }
                    red += (data[at] & 0xff) * share;
                    green += (data[at + 1] & 0xff) * share;
                    blue += (data[at + 2] & 0xff) * share;
                }
            }
            float area = (float) (1 / (right - left));
            int to = x * bands;
            row[to] = red * area;
            if (bands > Pixels.GRAY) {
                row[to + 1] = green * area;
                row[to + 2] = blue * area;
            }
            if (bands == Pixels.RGBA) {
                row[to + 3] = alpha * area;
            }
        }
    }

    private void store(int y) {
        byte[] data = target.data();
        int to = y * target.width() * bands;
        if (bands != Pixels.RGBA) {
            for (float value : sum) {
                data[to++] = (byte) (value + 0.5f);
            }
            return;
        }
        for (int at = 0; at < sum.length; at += bands, to += bands) {
            float alpha = sum[at + 3];
            for (int band = 0; band < Pixels.RGB && alpha > 0; band++) {
                data[to + band] = (byte) Math.min(255, sum[at + band] / alpha + 0.5f);
            }
            data[to + 3] = (byte) Math.min(255, alpha + 0.5f);
        }
    }
}
