package org.diptych.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The way to a database, which can be cut, held up or made long. */
final class TcpProxy implements AutoCloseable {
    /** What happens to what comes along. */
    enum Way {
        OPEN,
        /** Connections are closed, and new ones as well. */
        CUT,
        /** Nothing gets through, and nobody is told. */
        SILENT
    }

    private static final int QUEUE = 200;
    private static final int CHUNK = 16_384;

    private final ServerSocket door;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile Way way = Way.OPEN;
    private volatile long delayMilliseconds;
    private volatile boolean closed;

    TcpProxy(int target) throws IOException {
        this.target = target;
        this.door = new ServerSocket(0, QUEUE, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    void way(Way wanted) {
        way = wanted;
        if (wanted == Way.CUT) {
            sockets.forEach(TcpProxy::close);
        }
    }

    /** Every message to the database takes so much longer, so every statement does. */
    void delay(long milliseconds) {
        delayMilliseconds = milliseconds;
    }

    private void accept() {
        while (!closed) {
            try {
                var client = door.accept();
                if (way == Way.CUT) {
                    close(client);
                } else {
                    Thread.ofVirtual().start(() -> connect(client));
                }
            } catch (IOException ended) {
                return;
            }
        }
    }

    private void connect(Socket client) {
        try {
            var server = new Socket(InetAddress.getLoopbackAddress(), target);
            server.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
            sockets.add(client);
            sockets.add(server);
            Thread.ofVirtual().start(() -> pass(client, server, true));
            pass(server, client, false);
        } catch (IOException nobodyThere) {
            close(client);
        }
    }

    private void pass(Socket from, Socket to, boolean asking) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            var chunk = new byte[CHUNK];
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                if (asking && delayMilliseconds > 0) {
                    Thread.sleep(delayMilliseconds);
                }
                while (way == Way.SILENT) {
                    Thread.sleep(20);
                }
                out.write(chunk, 0, read);
            }
        } catch (IOException gone) {
            // either side has hung up: the other one is hung up on
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            // that was wanted
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        door.close();
        sockets.forEach(TcpProxy::close);
    }
}
