extension Integration {
  /// The server in a container, by Compose.
  static let compose = Integration(
    name: "compose",
    summary: "the server in a container, as a file for Docker Compose",
    text: #"""
      # Figures for whoever asks at port 8000, by Docker Compose or Podman's. Save as compose.yaml, beside the
      # image that .packaging/Containerfile describes, and say: docker compose up --detach
      services:
        graphviz-grad:
          image: graphviz-grad
          command: ["serve", "--listen", "0.0.0.0", "--port", "8000", "--workers", "2", "--memory", "500MB"]
          ports:
            - "127.0.0.1:8000:8000"
          restart: unless-stopped
          # It writes no file, and asks nobody.
          read_only: true
          tmpfs:
            - /tmp
          user: "65534:65534"
          cap_drop: [ALL]
          security_opt:
            - no-new-privileges:true
          # The server, and each worker at its limit.
          mem_limit: 1500m
          pids_limit: 64
          stop_grace_period: 15s
          healthcheck:
            test:
              - CMD
              - bash
              - -c
              - exec 3<>/dev/tcp/127.0.0.1/8000 && printf 'GET /health HTTP/1.0\r\n\r\n' >&3 && head -n 1 <&3 | grep -q 200
            interval: 10s
            timeout: 3s
            retries: 3

      """#)
}
