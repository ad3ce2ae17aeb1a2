package io.clearmarket.gateway.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.imageio.ImageIO;

/** A binary glTF 2.0 of one red triangle whose colour is a picture inside of the file, or of one whose picture is elsewhere. */
final class Glb {
    private static final float[] CORNERS = {-1, -1, 0, 1, -1, 0, 0, 1, 0};
    private static final float[] ON_PICTURE = {0, 0, 1, 0, 0.5f, 1};
    private static final int HEADER = 12;
    private static final int CHUNK_HEADER = 8;

    private Glb() {}

    static byte[] triangle() {
        return with("\"bufferView\":2,\"mimeType\":\"image/png\"");
    }

    static byte[] withPictureAt(String address) {
        return with("\"uri\":\"" + address + "\"");
    }

    private static byte[] with(String image) {
        byte[] picture = picture();
        int corners = CORNERS.length * Float.BYTES;
        int onPicture = ON_PICTURE.length * Float.BYTES;
        byte[] binary = new byte[padded(corners + onPicture + picture.length)];
        ByteBuffer parts = ByteBuffer.wrap(binary).order(ByteOrder.LITTLE_ENDIAN);
        for (float corner : CORNERS) {
            parts.putFloat(corner);
        }
        for (float place : ON_PICTURE) {
            parts.putFloat(place);
        }
        parts.put(picture);
        String json = """
                {"asset":{"version":"2.0"},"scene":0,"scenes":[{"nodes":[0]}],"nodes":[{"mesh":0}],
                 "meshes":[{"primitives":[{"attributes":{"POSITION":0,"TEXCOORD_0":1},"material":0}]}],
                 "materials":[{"doubleSided":true,"pbrMetallicRoughness":{"baseColorTexture":{"index":0},"metallicFactor":0}}],
                 "textures":[{"source":0}],"images":[{%s}],
                 "accessors":[{"bufferView":0,"componentType":5126,"count":3,"type":"VEC3","min":[-1,-1,0],"max":[1,1,0]},
                              {"bufferView":1,"componentType":5126,"count":3,"type":"VEC2"}],
                 "bufferViews":[{"buffer":0,"byteOffset":0,"byteLength":%d},{"buffer":0,"byteOffset":%d,"byteLength":%d},
                                {"buffer":0,"byteOffset":%d,"byteLength":%d}],
                 "buffers":[{"byteLength":%d}]}""".formatted(
                        image,
                        corners,
                        corners,
                        onPicture,
                        corners + onPicture,
                        picture.length,
                        corners + onPicture + picture.length);
        byte[] text = (json + " ".repeat(padded(json.length()) - json.length())).getBytes(UTF_8);
        byte[] file = new byte[HEADER + CHUNK_HEADER + text.length + CHUNK_HEADER + binary.length];
        ByteBuffer chunks = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        chunks.put("glTF".getBytes(UTF_8)).putInt(2).putInt(file.length);
        chunks.putInt(text.length).put("JSON".getBytes(UTF_8)).put(text);
        chunks.putInt(binary.length).put("BIN\0".getBytes(UTF_8)).put(binary);
        return file;
    }

    private static int padded(int length) {
        return (length + 3) / 4 * 4;
    }

    private static byte[] picture() {
        BufferedImage red = new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 4; i++) {
            red.setRGB(i % 2, i / 2, Color.RED.getRGB());
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(red, "png", png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return png.toByteArray();
    }
}
