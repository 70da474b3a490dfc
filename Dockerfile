# syntax=docker/dockerfile:1
# Page and relay in one image: `docker build -t switchyard .`

FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
# No script of a package is needed to build.
RUN npm ci --include=dev --ignore-scripts --no-audit --no-fund
COPY . .
RUN npm run build

FROM node:22-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4173
WORKDIR /app
# The relay is one file without packages; package.json says which version it is.
COPY --from=build /app/package.json ./
COPY --from=build /app/dist ./dist
RUN mkdir models && chown node:node models
USER node
EXPOSE 4173
VOLUME /app/models
# By the address of the machine itself, whatever RELAY_ALLOWED_HOSTS says; with TLS the certificate names another host.
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s \
  CMD ["node", "-e", "const tls = Boolean(process.env.RELAY_TLS_CERT); require(tls ? 'https' : 'http').get({ port: process.env.PORT, path: '/api/health', rejectUnauthorized: false }, (reply) => process.exit(reply.statusCode === 200 ? 0 : 1)).on('error', () => process.exit(1))"]
# Longer than RELAY_SHUTDOWN_GRACE_MS is what whoever stops the container should wait.
STOPSIGNAL SIGTERM
CMD ["node", "--max-semi-space-size=1", "--v8-pool-size=0", "dist/relay/server.js"]
