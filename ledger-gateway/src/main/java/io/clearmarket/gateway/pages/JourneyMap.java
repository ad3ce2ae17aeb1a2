package io.clearmarket.gateway.pages;

import io.clearmarket.gateway.provenance.GeoPoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A journey as a drawing: plate carrée in half degrees, as the outline of the land is, south down. A way across the date line
 * goes on beyond it, so that it is drawn the short way round.
 *
 * @param stops places in the order in which the thing first came there
 * @param line the way through them, each visit one vertex
 */
record JourneyMap(double left, double top, double width, double height, List<Stop> stops, List<Vertex> line) {
    /** Width by height. */
    private static final double ASPECT = 1.6;

    private static final double SMALLEST = 40;
    private static final double ROUND = 720;

    JourneyMap {
        stops = List.copyOf(stops);
        line = List.copyOf(line);
    }

    /** A point of the drawing. */
    record Vertex(double x, double y) {
        private String text() {
            return number(x) + "," + number(y);
        }
    }

    /**
     * A place.
     *
     * @param label the numbers of the events that happened there
     */
    record Stop(Vertex at, String label) {}

    /**
     * The map of those steps that tell coordinates.
     *
     * @param places the steps' places in the order of the story
     * @param first the number of the first step
     * @return nothing if none does
     */
    static Optional<JourneyMap> of(List<Optional<GeoPoint>> places, int first) {
        List<Vertex> line = new ArrayList<>();
        Map<Vertex, List<Integer>> visits = new LinkedHashMap<>();
        for (int i = 0; i < places.size(); i++) {
            int number = first + i;
            places.get(i).map(point -> vertex(point, line)).ifPresent(vertex -> {
                line.add(vertex);
                visits.computeIfAbsent(vertex, none -> new ArrayList<>()).add(number);
            });
        }
        if (line.isEmpty()) {
            return Optional.empty();
        }
        List<Stop> stops = visits.entrySet().stream()
                .map(visit -> new Stop(
                        visit.getKey(),
                        visit.getValue().stream().map(String::valueOf).collect(Collectors.joining(" "))))
                .toList();
        return Optional.of(framed(stops, line));
    }

    private static Vertex vertex(GeoPoint point, List<Vertex> before) {
        double x = point.longitude() * 2;
        if (!before.isEmpty()) {
            x += ROUND * Math.rint((before.getLast().x() - x) / ROUND);
        }
        return new Vertex(x, -point.latitude() * 2);
    }

    private static JourneyMap framed(List<Stop> stops, List<Vertex> line) {
        var xs = line.stream().mapToDouble(Vertex::x).summaryStatistics();
        var ys = line.stream().mapToDouble(Vertex::y).summaryStatistics();
        double wanted = Math.max((xs.getMax() - xs.getMin()) * 1.4, (ys.getMax() - ys.getMin()) * 1.4 * ASPECT);
        double width = Math.max(SMALLEST, wanted);
        double height = width / ASPECT;
        double middleX = (xs.getMin() + xs.getMax()) / 2;
        double middleY = (ys.getMin() + ys.getMax()) / 2;
        return new JourneyMap(middleX - width / 2, middleY - height / 2, width, height, stops, line);
    }

    /** For SVG's {@code viewBox}. */
    public String viewBox() {
        return number(left) + " " + number(top) + " " + number(width) + " " + number(height);
    }

    /** For SVG's {@code points}. */
    public String points() {
        return line.stream().map(Vertex::text).collect(Collectors.joining(" "));
    }

    /** Meridians and parallels in the frame, every 10 degrees or, on a large map, every 30; for SVG's path {@code d}. */
    public String graticule() {
        int step = width > 240 ? 60 : 20;
        StringBuilder path = new StringBuilder();
        multiples(left, width, step)
                .forEach(x -> path.append('M')
                        .append(x)
                        .append(' ')
                        .append(number(top))
                        .append('v')
                        .append(number(height)));
        multiples(top, height, step)
                .forEach(y -> path.append('M')
                        .append(number(left))
                        .append(' ')
                        .append(y)
                        .append('h')
                        .append(number(width)));
        return path.toString();
    }

    private static IntStream multiples(double from, double length, int step) {
        int first = (int) Math.ceil(from / step);
        int last = (int) Math.floor((from + length) / step);
        return IntStream.rangeClosed(first, last).map(i -> i * step);
    }

    /** Where the outline of the land begins: once, and again where the frame goes beyond the date line. */
    public List<Integer> worlds() {
        int first = (int) Math.floor((left + ROUND / 2) / ROUND);
        int last = (int) Math.floor((left + width + ROUND / 2) / ROUND);
        return IntStream.rangeClosed(first, last)
                .mapToObj(i -> (int) (i * ROUND - ROUND / 2))
                .toList();
    }

    /** A size that grows with the map, so that it looks the same on the page. */
    public String part(double of) {
        return number(width / of);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
