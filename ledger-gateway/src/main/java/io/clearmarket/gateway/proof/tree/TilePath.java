package io.clearmarket.gateway.proof.tree;

import java.util.Locale;
import java.util.Optional;

/**
 * A tile's place in its level, and how many hashes of it are meant, as C2SP tlog-tiles writes both: {@code 067} or
 * {@code x001/234.p/17}.
 *
 * @param width 1 to 256
 */
public record TilePath(long index, int width) {
    /** Its index without zeros before it; of a tile that is not full how many hashes, 1 to 255. */
    public static final String FORM =
            "(?!x000)(x[0-9]{3}/){0,5}[0-9]{3}" + "(\\.p/([1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5]))?";

    private static final int GROUP = 1000;

    public static Optional<TilePath> parse(String path) {
        if (!path.matches(FORM)) {
            return Optional.empty();
        }
        String[] parts = path.split("\\.p/", 2);
        long index = Long.parseLong(parts[0].replaceAll("[x/]", ""));
        int width = parts.length == 1 ? TileTree.TILE_WIDTH : Integer.parseInt(parts[1]);
        return Optional.of(new TilePath(index, width));
    }

    /** The tile as far as a tree has it; nothing beyond the tree. */
    public static Optional<TilePath> in(long treeSize, int level, long index) {
        long hashes = treeSize >> (level * TileTree.TILE_HEIGHT);
        long width = Math.min(TileTree.TILE_WIDTH, hashes - index * TileTree.TILE_WIDTH);
        return width < 1 ? Optional.empty() : Optional.of(new TilePath(index, (int) width));
    }

    /** Its text. */
    public String text() {
        StringBuilder path = new StringBuilder(String.format(Locale.ROOT, "%03d", index % GROUP));
        for (long rest = index / GROUP; rest > 0; rest /= GROUP) {
            path.insert(0, String.format(Locale.ROOT, "x%03d/", rest % GROUP));
        }
        return width == TileTree.TILE_WIDTH ? path.toString() : path + ".p/" + width;
    }
}
