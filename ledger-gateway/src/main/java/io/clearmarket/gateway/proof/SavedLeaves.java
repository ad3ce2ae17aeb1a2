package io.clearmarket.gateway.proof;

import io.clearmarket.gateway.proof.tree.TilePath;
import io.clearmarket.gateway.proof.tree.TileTree;
import io.clearmarket.wallet.proof.CompactRange;
import io.clearmarket.wallet.proof.Hash;
import io.clearmarket.wallet.proof.Merkle;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** A saved log's leaves: bundles of up to 256, each leaf with its length before it, two bytes, big-endian. */
record SavedLeaves(Path folder, long size) {
    /** The root of the tree over them. */
    Hash root() throws IOException {
        CompactRange tree = new CompactRange();
        for (long index = 0; index * TileTree.TILE_WIDTH < size; index++) {
            TilePath path = TilePath.in(size, 0, index).orElseThrow();
            ByteBuffer bundle = ByteBuffer.wrap(Files.readAllBytes(folder.resolve("tile/entries/" + path.text())));
            for (int i = 0; i < path.width(); i++) {
                if (bundle.remaining() < Short.BYTES) {
                    throw new IOException("the bundle " + path.text() + " of leaves is too short");
                }
                byte[] leaf = new byte[Math.min(Short.toUnsignedInt(bundle.getShort()), bundle.remaining())];
                bundle.get(leaf);
                tree.append(Merkle.leaf(leaf));
            }
        }
        return tree.root();
    }
}
