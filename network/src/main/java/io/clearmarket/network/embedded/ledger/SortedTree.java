package io.clearmarket.network.embedded.ledger;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * A sorted map that never changes: an update gives a new tree which shares all but a path of nodes with the old one. So a
 * reader keeps its snapshot for nothing and never waits for the committer. Height-balanced (AVL); keys in {@link KeyOrder}.
 */
final class SortedTree<V> {
    private static final SortedTree<?> EMPTY = new SortedTree<>(null);

    private final @Nullable Node<V> root;

    private SortedTree(@Nullable Node<V> root) {
        this.root = root;
    }

    private record Node<V>(
            String key,
            V value,
            @Nullable Node<V> left,
            @Nullable Node<V> right,
            int height) {}

    /** One key with its value. */
    record Entry<V>(String key, V value) {}

    @SuppressWarnings("unchecked")
    static <V> SortedTree<V> empty() {
        return (SortedTree<V>) EMPTY;
    }

    /** A tree of entries that are in order already and have no key twice. */
    static <V> SortedTree<V> ofSorted(List<Entry<V>> entries) {
        return new SortedTree<>(balancedOf(entries));
    }

    private static <V> @Nullable Node<V> balancedOf(List<Entry<V>> entries) {
        if (entries.isEmpty()) {
            return null;
        }
        int middle = entries.size() / 2;
        Entry<V> entry = entries.get(middle);
        return node(
                entry.key(),
                entry.value(),
                balancedOf(entries.subList(0, middle)),
                balancedOf(entries.subList(middle + 1, entries.size())));
    }

    @Nullable
    V get(String key) {
        Node<V> node = root;
        while (node != null) {
            int order = KeyOrder.compare(key, node.key);
            if (order == 0) {
                return node.value;
            }
            node = order < 0 ? node.left : node.right;
        }
        return null;
    }

    SortedTree<V> with(String key, V value) {
        return new SortedTree<>(put(root, key, value));
    }

    SortedTree<V> without(String key) {
        return get(key) == null ? this : new SortedTree<>(remove(root, key));
    }

    /** Entries from start (inclusive) in order; the caller stops where it likes. */
    Iterator<Entry<V>> from(String start) {
        return new Walk<>(root, start);
    }

    private static <V> Node<V> put(@Nullable Node<V> node, String key, V value) {
        if (node == null) {
            return new Node<>(key, value, null, null, 1);
        }
        int order = KeyOrder.compare(key, node.key);
        if (order == 0) {
            // the key object that is there stays, others refer to it
            return new Node<>(node.key, value, node.left, node.right, node.height);
        }
        return order < 0
                ? balanced(node.key, node.value, put(node.left, key, value), node.right)
                : balanced(node.key, node.value, node.left, put(node.right, key, value));
    }

    private static <V> @Nullable Node<V> remove(@Nullable Node<V> node, String key) {
        if (node == null) {
            return null;
        }
        int order = KeyOrder.compare(key, node.key);
        if (order < 0) {
            return balanced(node.key, node.value, remove(node.left, key), node.right);
        }
        if (order > 0) {
            return balanced(node.key, node.value, node.left, remove(node.right, key));
        }
        if (node.left == null) {
            return node.right;
        }
        if (node.right == null) {
            return node.left;
        }
        Node<V> next = node.right;
        while (next.left != null) {
            next = next.left;
        }
        return balanced(next.key, next.value, node.left, remove(node.right, next.key));
    }

    private static int height(@Nullable Node<?> node) {
        return node == null ? 0 : node.height;
    }

    private static <V> Node<V> node(String key, V value, @Nullable Node<V> left, @Nullable Node<V> right) {
        return new Node<>(key, value, left, right, 1 + Math.max(height(left), height(right)));
    }

    private static <V> Node<V> balanced(String key, V value, @Nullable Node<V> left, @Nullable Node<V> right) {
        if (left != null && left.height > height(right) + 1) {
            if (height(left.left) >= height(left.right) || left.right == null) {
                return node(left.key, left.value, left.left, node(key, value, left.right, right));
            }
            Node<V> middle = left.right;
            return node(
                    middle.key,
                    middle.value,
                    node(left.key, left.value, left.left, middle.left),
                    node(key, value, middle.right, right));
        }
        if (right != null && right.height > height(left) + 1) {
            if (height(right.right) >= height(right.left) || right.left == null) {
                return node(right.key, right.value, node(key, value, left, right.left), right.right);
            }
            Node<V> middle = right.left;
            return node(
                    middle.key,
                    middle.value,
                    node(key, value, left, middle.left),
                    node(right.key, right.value, middle.right, right.right));
        }
        return node(key, value, left, right);
    }

    private static final class Walk<V> implements Iterator<Entry<V>> {
        private final Deque<Node<V>> pending = new ArrayDeque<>();

        Walk(@Nullable Node<V> root, String start) {
            Node<V> node = root;
            while (node != null) {
                if (KeyOrder.compare(start, node.key) <= 0) {
                    pending.push(node);
                    node = node.left;
                } else {
                    node = node.right;
                }
            }
        }

        @Override
        public boolean hasNext() {
            return !pending.isEmpty();
        }

        @Override
        public Entry<V> next() {
            if (pending.isEmpty()) {
                throw new NoSuchElementException();
            }
            Node<V> node = pending.pop();
            for (Node<V> later = node.right; later != null; later = later.left) {
                pending.push(later);
            }
            return new Entry<>(node.key, node.value);
        }
    }
}
