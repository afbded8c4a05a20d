/// Writes files so that they are whole at every moment: as they were, or as they shall be.
package enum FileReplacement {
  /// Puts new contents in the place of a file's old ones.
  ///
  /// They are written to a file beside it, which then takes its name; until that moment, and if
  /// anything goes wrong, nothing has changed. Permissions stay, and a link stays a link.
  package static func replace(_ path: String, with bytes: [UInt8]) throws(SystemError) {
    let target = try System.realPath(path)
    let status = try System.status(target)
    guard System.isWritable(target) else { throw .readOnly }
    let temporary = temporaryPath(beside: target)
    let file = try System.createFile(temporary, permissions: 0o600)
    do throws(SystemError) {
      try fill(file, with: bytes, like: status)
      try System.move(temporary, to: target)
    } catch {
      System.delete(temporary)
      throw error
    }
  }

  /// Writes a file that is not there yet; an existing one is never touched.
  package static func create(_ path: String, with bytes: [UInt8]) throws(SystemError) {
    let file = try System.createFile(path)
    do throws(SystemError) {
      try fill(file, with: bytes, like: nil)
    } catch {
      System.delete(path)
      throw error
    }
  }

  /// Writes a file, whether it is there already or not, and puts it in its place in one step.
  package static func put(_ path: String, _ bytes: [UInt8]) throws(SystemError) {
    do throws(SystemError) {
      try replace(path, with: bytes)
    } catch {
      guard error.isMissing else { throw error }
      let temporary = temporaryPath(beside: path)
      try create(temporary, with: bytes)
      do throws(SystemError) {
        try System.move(temporary, to: path)
      } catch {
        System.delete(temporary)
        throw error
      }
    }
  }

  private static func fill(
    _ file: Descriptor, with bytes: [UInt8], like status: FileStatus?
  ) throws(SystemError) {
    do throws(SystemError) {
      try file.writeBytes(bytes)
      if let status { try System.setPermissions(of: file, like: status) }
      try System.synchronize(file)
    } catch {
      try? file.closeFile()
      throw error
    }
    try file.closeFile()
  }

  /// A hidden name, so that no policy ever takes the file for its own.
  private static func temporaryPath(beside path: String) -> String {
    let number = UInt32.random(in: 0 ... .max)
    let name = ".rulec-\(System.processNumber)-\(number).tmp"
    let folder = FilePath.split(path).folder
    return folder == "/" || folder.isEmpty ? folder + name : "\(folder)/\(name)"
  }
}

extension Descriptor {
  /// Writes all of `bytes`.
  package func writeBytes(_ bytes: [UInt8]) throws(SystemError) {
    let result = bytes.withUnsafeBytes { buffer in
      Result { () throws(SystemError) in try writeBytes(buffer) }
    }
    try result.get()
  }
}
