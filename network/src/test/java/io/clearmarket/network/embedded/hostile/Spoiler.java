package io.clearmarket.network.embedded.hostile;

import java.util.Arrays;
import java.util.Random;

/** Makes a bad message of a good one, by a seed. */
final class Spoiler {
    private static final int LARGEST_ADDITION = 2_000;

    private Spoiler() {}

    /** Several changes of one kind or another; seldom none, which must be harmless as well. */
    static byte[] spoil(byte[] good, Random random) {
        byte[] message = good.clone();
        for (int changes = random.nextInt(5); changes >= 0; changes--) {
            message = changed(message, random);
        }
        return message;
    }

    private static byte[] changed(byte[] message, Random random) {
        if (message.length == 0) {
            return noise(random.nextInt(100), random);
        }
        int at = random.nextInt(message.length);
        return switch (random.nextInt(6)) {
            case 0 -> withByte(message, at, (byte) (message[at] ^ (1 << random.nextInt(8))));
            case 1 -> withByte(message, at, (byte) random.nextInt());
            case 2 -> Arrays.copyOf(message, at);
            case 3 -> joined(Arrays.copyOf(message, at), noise(random.nextInt(20), random), tail(message, at));
            case 4 -> joined(message, message, new byte[0]);
            default ->
                random.nextInt(10) == 0 ? noise(random.nextInt(LARGEST_ADDITION), random) : withLength(message, at);
        };
    }

    /** What may be a length becomes a very large one. */
    private static byte[] withLength(byte[] message, int at) {
        byte[] huge = {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x07};
        return joined(Arrays.copyOf(message, at), huge, tail(message, at));
    }

    private static byte[] withByte(byte[] message, int at, byte value) {
        byte[] other = message.clone();
        other[at] = value;
        return other;
    }

    private static byte[] tail(byte[] message, int from) {
        return Arrays.copyOfRange(message, from, message.length);
    }

    private static byte[] noise(int length, Random random) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] joined(byte[] first, byte[] second, byte[] third) {
        byte[] all = Arrays.copyOf(first, first.length + second.length + third.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        System.arraycopy(third, 0, all, first.length + second.length, third.length);
        return all;
    }
}
